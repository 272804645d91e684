import type { Bytes } from '../../shared/model/brand.ts';
import type { ByteSource } from '../files/bytes.ts';

/**
 * What a mailbox needs of a place that holds files by path: a folder, an SFTP or a WebDAV server. Paths are relative to the root of all mailboxes,
 * with forward slashes. Every call that fails for the route's sake throws one of the ROUTE_ codes.
 */
export interface RemoteStore {
  /** What lies in a folder; nothing where the folder is missing, an error where the root is. */
  list(folder: string): Promise<StoredFile[]>;
  /** Makes a folder and those above it, up to the root; there already is well. */
  makeFolder(folder: string): Promise<void>;
  /**
   * Writes the whole source to `path`, durably. What an earlier call left there is gone on with, see send-parts.ts.
   *
   * @throws AppError CANCELLED, FILE_CHANGED where the source ends early
   */
  upload(path: string, source: ByteSource, signal?: AbortSignal): Promise<void>;
  /** In one step, replacing what is there. @returns false where there is no `from` */
  move(from: string, to: string): Promise<boolean>;
  /** Dates a file anew, as the time of a claim, where the store can. @param now by the store's clock */
  touch(path: string, now: () => Promise<Date>): Promise<void>;
  /** What the clock says that dates the files here; may write into `folder`, which is there, and leaves nothing. */
  now(folder: string): Promise<Date>;
  /** Null where it is gone. */
  open(path: string): Promise<ByteSource | null>;
  /** Gone already is well. */
  remove(path: string): Promise<void>;
  /** Ends connections; a later call makes new ones. */
  close(): Promise<void>;
}

export interface StoredFile {
  /** Last segment of the path. */
  readonly name: string;
  readonly size: Bytes;
  readonly modifiedAt: Date;
  /** When the entry itself last changed, for the age of a claim; `modifiedAt` where the store knows no better. */
  readonly changedAt: Date;
}
