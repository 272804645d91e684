import { AppError } from '../../../shared/errors.ts';
import type { Signer } from '../../packages/write-container.ts';
import { readPkcs12 } from '../../pki/pkcs12/read-pkcs12.ts';
import type { ThreadTasks } from '../threads/thread-messages.ts';

/** Opens a person's key; its many rounds take the better part of a second. @throws AppError KEY_MISSING, P12_PASSWORD_WRONG */
export function openSigningKey({ p12, passphrase, certificate }: ThreadTasks['open-key']['asks']): Signer {
  const read = readPkcs12(Buffer.from(p12), passphrase);
  const entry = read?.entries.find((one) => one.certificate?.sha256 === certificate);
  if (entry?.certificate == null) throw new AppError('KEY_MISSING', { usage: 'sign' });
  return { certificate: entry.certificate, key: entry.key, chain: read?.certificates ?? [] };
}
