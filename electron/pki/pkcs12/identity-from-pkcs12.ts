import { AppError } from '../../../shared/errors.ts';
import type { Certificate, KeyUsage } from '../certificate.ts';
import type { Identity, KeyPairCertificate } from '../identity.ts';
import type { Pkcs12 } from './read-pkcs12.ts';

const SIGNING: readonly KeyUsage[] = ['digitalSignature', 'nonRepudiation'];

/**
 * Finds the signing and the encryption pair by keyUsage. A pair that may do only one thing goes before one that may
 * do both, which serves for both where it must. Chain: the issuers of the two as far as the file has them, nearest
 * first.
 * @throws KEY_MISSING with `usage` `sign` or `encrypt`.
 */
export function identityFromPkcs12(p12: Pick<Pkcs12, 'entries' | 'certificates'>): Identity {
  const pairs = p12.entries.flatMap(({ key, certificate }) =>
    certificate === null || certificate.basicConstraints?.ca === true ? [] : [{ key, certificate }],
  );
  const signing = choose(pairs, maySign, mayEncrypt);
  if (signing === null) throw new AppError('KEY_MISSING', { usage: 'sign' });
  const encryption = choose(pairs, mayEncrypt, maySign);
  if (encryption === null) throw new AppError('KEY_MISSING', { usage: 'encrypt' });
  const known = [...p12.certificates, ...p12.entries.flatMap(({ certificate }) => certificate ?? [])];
  const chain = new Set([...issuersOf(signing.certificate, known), ...issuersOf(encryption.certificate, known)]);
  return { signing, encryption, chain: [...chain] };
}

type May = (certificate: Certificate) => boolean;

function choose(pairs: readonly KeyPairCertificate[], wanted: May, other: May): KeyPairCertificate | null {
  const able = pairs.filter(({ certificate }) => wanted(certificate));
  return able.find(({ certificate }) => !other(certificate)) ?? able[0] ?? null;
}

function maySign({ keyUsage }: Certificate): boolean {
  return keyUsage === null || SIGNING.some((usage) => keyUsage.has(usage));
}

/** RSA transports keys, curves agree on them (RFC 5280, 4.2.1.3); Ed25519 does neither. */
function mayEncrypt({ keyUsage, publicKey }: Certificate): boolean {
  const type = publicKey.asymmetricKeyType;
  if (type !== 'rsa' && type !== 'ec') return false;
  return keyUsage === null || keyUsage.has(type === 'rsa' ? 'keyEncipherment' : 'keyAgreement');
}

/** By name and nothing else: path validation decides what such a chain is worth. */
function issuersOf(leaf: Certificate, known: readonly Certificate[]): Certificate[] {
  const chain: Certificate[] = [];
  for (let current = leaf; !current.issuer.equals(current.subject); ) {
    const { issuer } = current;
    const next = known.find((candidate) => candidate.subject.equals(issuer) && !chain.includes(candidate));
    if (next === undefined) break;
    chain.push(next);
    current = next;
  }
  return chain;
}
