import { AppError } from '../../shared/errors.ts';
import type { CardPerson } from '../../shared/model/office-card.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { Pkcs12Entry } from '../pki/pkcs12/match-entries.ts';
import { readPkcs12 } from '../pki/pkcs12/read-pkcs12.ts';
import { writePkcs12 } from '../pki/pkcs12/write-pkcs12.ts';
import type { OfficeContext } from './context.ts';
import { admitPerson, mayEncrypt, maySign, type PersonOptions } from './office/admit-person.ts';

export interface ImportIdentity extends PersonOptions {
  readonly p12: Buffer;
  /** Of the file. */
  readonly password: string;
  /** Under which the person will sign; the file's password where absent. */
  readonly passphrase?: string;
  /** Of the key derivation; for tests. */
  readonly iterations?: number;
}

/**
 * Takes a person's signing key in, as a PKCS#12 of its own under that person's passphrase: no key of the vault opens it. The person may sign once a card lists
 * them.
 *
 * @throws AppError P12_MALFORMED, P12_PASSWORD_WRONG, P12_ALGORITHM_REFUSED, KEY_MISSING, IDENTIFIER_INVALID where the certificate is another office's
 */
export function importIdentity(context: OfficeContext, options: ImportIdentity): CardPerson {
  const read = readPkcs12(options.p12, options.password);
  if (read === null) throw new AppError('P12_MALFORMED');
  const { key, certificate } = findSigningEntry(read.entries);
  const chain = read.certificates.filter((other) => !other.subject.equals(other.issuer));
  const p12 = writePkcs12({
    entries: [{ key, certificate }],
    certificates: chain,
    password: options.passphrase ?? options.password,
    ...(options.iterations === undefined ? {} : { iterations: options.iterations }),
  });
  return admitPerson(context, { certificate, chain, p12, token: null }, options);
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
