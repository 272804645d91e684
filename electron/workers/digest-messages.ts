import type { Bytes } from '../../shared/model/brand.ts';

/** What the digest worker and its owner say to each other. */
export interface DigestRing {
  readonly memory: SharedArrayBuffer;
  readonly slotSize: Bytes;
  readonly slots: number;
}

export type DigestRequest =
  /** Hash what stands in a slot, and say that it is free. */
  | { readonly kind: 'update'; readonly slot: number; readonly length: Bytes }
  /** Hash a copy, where no slot was free. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'finish' }
  /** Forget the content under way. */
  | { readonly kind: 'reset' };

export type DigestReply =
  | { readonly kind: 'free'; readonly slot: number }
  | { readonly kind: 'digest'; readonly digest: string };
