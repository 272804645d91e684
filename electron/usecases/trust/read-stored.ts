import type { M, OfficeId } from '../../../shared/model/brand.ts';
import { type ContainerSignature, readSignature } from '../../packages/verify/read-signature.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import { findCard } from '../../vault/repositories/cards.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { findReceipt } from '../../vault/repositories/receipts.ts';
import type { OfficeContext } from '../context.ts';
import { findStored } from '../outgoing/ensure-package.ts';

export interface StoredSignature {
  readonly signature: ContainerSignature;
  /** Who signed; null where the message says no office. */
  readonly office: OfficeId | null;
}

/** The signature of a stored message, receipt or card; null where its container is gone. */
export async function readStored({ vault }: OfficeContext, m: M): Promise<StoredSignature | null> {
  const card = findCard(vault.read, m);
  const blob = findStored(vault.read, m)?.blob ?? card?.blob ?? null;
  if (blob === null) return null;
  const { read } = vault;
  const office = findMessage(read, m)?.senderOffice ?? findReceipt(read, m)?.office ?? card?.office ?? null;
  const container = await openBlob(vault, blob);
  try {
    return { signature: await readSignature(container), office };
  } finally {
    await container.close();
  }
}
