import { useCallback } from 'react';
import { LARGEST_READ } from '../../shared/ipc/channels/message.ts';
import type { RequestOf } from '../../shared/ipc/contract.ts';
import type { Bytes, Sha256 } from '../../shared/model/brand.ts';
import { ask } from '../bridge.ts';
import { useAsk, useTell } from './use-ask.ts';

export type DocumentSource = RequestOf<'document:open'>['source'];

/** A preview holds the whole document; what is larger is exported instead. */
export const LARGEST_PREVIEW = (256 * 1024 * 1024) as Bytes;

/** What a document is, and how to read it, as a preview takes it. */
export function useDocument(source: DocumentSource) {
  const { value, failure } = useAsk('document:open', { source });
  const key = JSON.stringify(source);
  const size = (value?.size ?? 0) as Bytes;
  const read = useCallback(() => readDocument(JSON.parse(key) as DocumentSource, size), [key, size]);
  return { document: value === undefined ? undefined : { ...value, size }, failure, largest: LARGEST_PREVIEW, read };
}

/** A document of a message; to take it out is a separate act, and logged. */
export function useMessageDocument(m: Sha256, index: number) {
  const shown = useDocument({ kind: 'message', m, index });
  const exported = useTell('document:export');
  return {
    ...shown,
    failure: shown.failure ?? exported.failure,
    exporting: exported.isPending,
    onExport: () => exported.tell({ m, index }),
  };
}

/** Every byte, in reads of a few megabytes, so that no answer holds main up. */
async function readDocument(source: DocumentSource, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(size);
  for (let offset = 0; offset < size; ) {
    const length = Math.min(LARGEST_READ, size - offset);
    const { bytes } = await ask('document:read', { source, offset, length });
    if (bytes.length === 0) break;
    all.set(bytes, offset);
    offset += bytes.length;
  }
  return all;
}
