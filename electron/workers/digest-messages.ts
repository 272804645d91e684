import type { Bytes } from '../../shared/model/brand.ts';

/** What the digest worker and its owner say to each other. */
export interface DigestRing {
  readonly memory: SharedArrayBuffer;
  readonly slotSize: Bytes;
  readonly slots: number;
}

export type DigestRequest =
  | { readonly kind: 'update'; readonly slot: number; readonly length: Bytes }
  | { readonly kind: 'finish' };

export type DigestReply = { readonly kind: 'free' } | { readonly kind: 'digest'; readonly digest: string };
