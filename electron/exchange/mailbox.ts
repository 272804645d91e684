import type { Address, Bytes } from '../../shared/model/brand.ts';
import type { ByteSource } from '../files/bytes.ts';

/**
 * Where packages wait for their owner: one mailbox per vault, known by its address. Others put, only the owner takes away. A mailbox is not
 * trusted with anything: it may lose, repeat, swap and alter what it holds.
 */
export interface Mailbox {
  /**
   * Puts a file in whole or not at all. Idempotent by name: a second call with the same name and size does nothing.
   *
   * @throws AppError one of the ROUTE_ codes, CANCELLED
   */
  put(address: Address, name: MailboxName, source: ByteSource, signal?: AbortSignal): Promise<void>;
  /** What lies there, whole or not, oldest first. @throws AppError one of the ROUTE_ codes */
  list(address: Address): Promise<MailboxEntry[]>;
  /** The bytes of an entry by range; null where it is gone. */
  open(address: Address, name: MailboxName): Promise<ByteSource | null>;
  /** Takes an entry away for good; gone already is well. Call it only after the commit that makes it safe. */
  remove(address: Address, name: MailboxName): Promise<void>;
  /**
   * Marks an entry as being worked on, so that another process of the same office leaves it alone for a while, by the clock of whatever
   * holds the mailbox. It only saves work.
   *
   * @returns false where it is gone or somebody else holds it
   */
  claim(address: Address, name: MailboxName, holder: MailboxName): Promise<boolean>;
  /** Gives a claim back. */
  release(address: Address, name: MailboxName, holder: MailboxName): Promise<void>;
  /** Takes away pieces of puts that ended half-way long ago. Only the owner calls it. */
  sweep(address: Address): Promise<void>;
  /** Ends connections; a later call makes new ones. */
  close(): Promise<void>;
}

/** 26 characters of lower-case base32: 130 random bits, nothing readable. */
export type MailboxName = string;

export interface MailboxEntry {
  readonly name: MailboxName;
  readonly size: Bytes;
  /** When it last changed, by the clock of whatever holds it. */
  readonly modifiedAt: Date;
  readonly holder: MailboxName | null;
}
