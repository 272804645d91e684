import { hkdfSync, scrypt } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';

/** scrypt (RFC 7914). Memory is 128·N·r bytes. */
export const scryptParameters = z.strictObject({
  name: z.literal('scrypt'),
  N: z.int(),
  r: z.int(),
  p: z.int(),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
});
export type ScryptParameters = z.infer<typeof scryptParameters>;

export const SCRYPT_COST = {
  /** 128 MiB and some tenths of a second. */
  usual: 2 ** 17,
  /** A header that asks for less was weakened or is not ours. */
  lowest: 2 ** 14,
  /** 1 GiB: a header that asks for more would only hang the machine. */
  highest: 2 ** 20,
  r: 8,
  p: 1,
} as const;

/** Whether a cost is neither too low to protect nor too high to compute. */
export function isScryptCost({ N, r, p }: Pick<ScryptParameters, 'N' | 'r' | 'p'>): boolean {
  const inRange = N >= SCRYPT_COST.lowest && N <= SCRYPT_COST.highest;
  return inRange && Number.isInteger(Math.log2(N)) && r === SCRYPT_COST.r && p === SCRYPT_COST.p;
}

/**
 * 32 bytes from a passphrase's bytes. Zero them after use.
 *
 * @throws AppError VAULT_CORRUPT where the cost is out of bounds, before anything is computed
 */
export async function deriveFromPassphrase(passphrase: Buffer, parameters: ScryptParameters): Promise<Buffer> {
  if (!isScryptCost(parameters)) throw new AppError('VAULT_CORRUPT', { part: 'kdf' });
  const { N, r, p, salt } = parameters;
  return new Promise((resolve, reject) => {
    scrypt(passphrase, Buffer.from(salt, 'hex'), 32, { N, r, p, maxmem: 160 * N * r }, (error, key) => {
      if (error === null) resolve(key);
      else reject(new AppError('INTERNAL', { reason: 'scrypt' }, error));
    });
  });
}

/** HKDF-SHA256 (RFC 5869): 32 bytes for one purpose, named by `label`. Zero them after use. */
export function deriveSubkey(secret: Buffer, salt: Buffer, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, `lexpost/vault/1/${label}`, 32));
}
