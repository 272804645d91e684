import { AppError } from '../../../shared/errors.ts';

/** The bytes of a passphrase: NFC, so that every keyboard and system gives the same ones. Zero them after use. @throws AppError USAGE where it is empty */
export function passphraseBytes(passphrase: string): Buffer {
  if (passphrase === '') throw new AppError('USAGE', { reason: 'empty passphrase' });
  return Buffer.from(passphrase.normalize('NFC'), 'utf8');
}

/** Runs `task` with a secret and zeroes it, whatever happens. */
export async function withSecret<T>(secret: Buffer, task: (secret: Buffer) => T | Promise<T>): Promise<T> {
  try {
    return await task(secret);
  } finally {
    secret.fill(0);
  }
}
