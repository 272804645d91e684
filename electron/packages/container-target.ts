import type { ByteSink, ByteSource } from '../files/bytes.ts';

/**
 * Where a decrypted container goes while it is not known to be authentic: encrypted at rest, invisible until `finish`. The vault's blob writer is one.
 */
export interface ContainerTarget extends ByteSink {
  /** Makes what was written readable. */
  finish(): Promise<ByteSource>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}
