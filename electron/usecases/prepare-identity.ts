import { AppError } from '../../shared/errors.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { Pkcs12Entry } from '../pki/pkcs12/match-entries.ts';
import { readPkcs12 } from '../pki/pkcs12/read-pkcs12.ts';
import { writePkcs12 } from '../pki/pkcs12/write-pkcs12.ts';
import { mayEncrypt, maySign } from './office/certificate-uses.ts';
import type { PreparedIdentity, ThreadTasks } from './threads/thread-messages.ts';

/**
 * Takes the signing key out of somebody's PKCS#12 and puts it into one of its own. Both are derived by many rounds: a legacy file of 600,000 takes seconds.
 *
 * @throws AppError P12_MALFORMED, P12_PASSWORD_WRONG, P12_ALGORITHM_REFUSED, KEY_MISSING
 */
export function prepareIdentity({
  p12,
  password,
  passphrase,
  iterations,
}: ThreadTasks['prepare-identity']['asks']): PreparedIdentity {
  const read = readPkcs12(Buffer.from(p12), password);
  if (read === null) throw new AppError('P12_MALFORMED');
  const { key, certificate } = findSigningEntry(read.entries);
  const chain = read.certificates.filter((other) => !other.subject.equals(other.issuer));
  const own = writePkcs12({
    entries: [{ key, certificate }],
    certificates: chain,
    password: passphrase ?? password,
    ...(iterations === null ? {} : { iterations }),
  });
  return { certificate: certificate.der, chain: chain.map(({ der }) => der), p12: own };
}

/** A key that may sign and nothing else goes before one that may do both. */
function findSigningEntry(entries: readonly Pkcs12Entry[]): Pkcs12Entry & { readonly certificate: Certificate } {
  const able = entries.flatMap((entry) => {
    const { certificate } = entry;
    return certificate !== null && maySign(certificate) ? [{ ...entry, certificate }] : [];
  });
  const found = able.find(({ certificate }) => !mayEncrypt(certificate)) ?? able[0];
  if (found === undefined) throw new AppError('KEY_MISSING', { usage: 'sign' });
  return found;
}
