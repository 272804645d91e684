import type { M, OfficeId } from '../../../shared/model/brand.ts';
import { type ContainerSignature, readSignature } from '../../packages/verify/read-signature.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { findReceipt } from '../../vault/repositories/receipts.ts';
import type { OfficeContext } from '../context.ts';
import { findStored } from '../outgoing/ensure-package.ts';

export interface StoredSignature {
  readonly signature: ContainerSignature;
  /** Who signed; null where the message says no office. */
  readonly office: OfficeId | null;
}

/** The signature of a stored message or receipt; null where its container is gone. */
export async function readStored({ vault }: OfficeContext, m: M): Promise<StoredSignature | null> {
  const stored = findStored(vault.read, m);
  if (stored === null) return null;
  const office = findMessage(vault.read, m)?.senderOffice ?? findReceipt(vault.read, m)?.office ?? null;
  const container = await openBlob(vault, stored.blob);
  try {
    return { signature: await readSignature(container), office };
  } finally {
    await container.close();
  }
}
