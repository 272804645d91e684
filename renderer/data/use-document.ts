import { useCallback } from 'react';
import { LARGEST_READ } from '../../shared/ipc/channels/message.ts';
import type { RequestOf } from '../../shared/ipc/contract.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import { ask } from '../bridge.ts';
import { useAsk } from './use-ask.ts';

export type DocumentSource = RequestOf<'document:open'>['source'];

/** A preview holds the whole document; what is larger is exported instead. */
export const LARGEST_PREVIEW = (256 * 1024 * 1024) as Bytes;

/** What a document is, and how to read it. */
export function useDocument(source: DocumentSource) {
  const opened = useAsk('document:open', { source });
  const key = JSON.stringify(source);
  const size = opened.value?.size ?? 0;
  const read = useCallback(() => readDocument(JSON.parse(key) as DocumentSource, size), [key, size]);
  return { ...opened, read };
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
