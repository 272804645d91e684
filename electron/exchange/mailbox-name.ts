import { randomBytes } from 'node:crypto';
import type { Address } from '../../shared/model/brand.ts';
import type { MailboxName } from './mailbox.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 26;

/** A random name for a mailbox or for a file in one. */
export function randomMailboxName(random: (size: number) => Buffer = randomBytes): MailboxName & Address {
  const bytes = random(LENGTH);
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte & 31)).join('') as MailboxName & Address;
}

export function isMailboxName(text: string): boolean {
  return /^[a-z2-7]{26}$/.test(text);
}
