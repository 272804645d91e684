import type { Brand } from '../../../shared/model/brand.ts';

/** Name of a blob and of its file: lower-case hex, 64 characters; tells nothing to who lacks the vault's key. */
export type BlobId = Brand<string, 'BlobId'>;
