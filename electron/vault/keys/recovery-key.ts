import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';

/**
 * The office's recovery key as it is printed: 12 groups of 4 characters. 44 characters carry 220 random bits, the last 4
 * are a checksum of 20 bits, so that a typing error is told from the key of another vault. The alphabet has no 0, O, 1 and I.
 */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const SECRET_CHARACTERS = 44;
const CHECK_CHARACTERS = 4;
const GROUP = 4;
const LABEL = 'lexpost recovery key';

/**
 * Spells random bytes as a recovery key.
 *
 * @param random 44 bytes from the system's CSPRNG; 5 bits of each are used
 */
export function formatRecoveryKey(random: Buffer): string {
  if (random.length !== SECRET_CHARACTERS) throw new AppError('INTERNAL', { reason: 'recovery key length' });
  const secret = Array.from(random, (byte) => ALPHABET.charAt(byte & 31)).join('');
  const groups = `${secret}${checksum(secret)}`.match(/.{4}/g) ?? [];
  return groups.join('-');
}

/**
 * The key material of a typed recovery key; spaces, hyphens and small letters do not matter. Zero it after use.
 *
 * @returns the 44 characters as ASCII
 * @throws AppError VAULT_RECOVERY_KEY_MISTYPED with the first `group` (from 1) that cannot be right, or none where only the checksum is wrong
 */
export function parseRecoveryKey(typed: string): Buffer {
  const characters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐–—]/gu, '');
  const odd = [...characters].findIndex((character) => !ALPHABET.includes(character));
  if (odd >= 0) throw new AppError('VAULT_RECOVERY_KEY_MISTYPED', { group: Math.floor(odd / GROUP) + 1 });
  if (characters.length !== SECRET_CHARACTERS + CHECK_CHARACTERS) {
    throw new AppError('VAULT_RECOVERY_KEY_MISTYPED', { characters: characters.length });
  }
  const secret = characters.slice(0, SECRET_CHARACTERS);
  if (checksum(secret) !== characters.slice(SECRET_CHARACTERS)) throw new AppError('VAULT_RECOVERY_KEY_MISTYPED');
  return Buffer.from(secret, 'ascii');
}

function checksum(secret: string): string {
  const bits = createHash('sha256').update(LABEL).update(secret, 'ascii').digest().readUInt32BE(0);
  return [27, 22, 17, 12].map((shift) => ALPHABET.charAt((bits >>> shift) & 31)).join('');
}
