import { constants, type KeyObject } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { Asn1Error, cursor, expectTag, readSmallInteger } from '../../pki/asn1/der-reader.ts';
import { context, integer, nullValue, sequence } from '../../pki/asn1/der-writer.ts';
import {
  type AlgorithmIdentifier,
  algorithmIdentifier,
  hasNoParameters,
  readAlgorithmIdentifier,
} from './algorithm-identifier.ts';
import { OID, oidName } from './oids.ts';

export type DigestName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

/** How a SignerInfo was signed, ready for node:crypto. */
export interface SignatureScheme {
  readonly kind: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'ed25519';
  /** The digest that the identifier itself names; null where it names none (rsaEncryption) or has its own (Ed25519). */
  readonly digest: DigestName | null;
  /** RSASSA-PSS only, bytes. */
  readonly saltLength: number | null;
}

/** What node:crypto takes beside the key. */
export interface SigningOptions {
  readonly padding?: number;
  readonly saltLength?: number;
}

const DIGESTS: Readonly<Record<string, DigestName>> = {
  [OID.sha1]: 'sha1',
  [OID.sha224]: 'sha224',
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};

const scheme = (kind: SignatureScheme['kind'], digest: DigestName | null): SignatureScheme => ({
  kind,
  digest,
  saltLength: null,
});

const SCHEMES: Readonly<Record<string, SignatureScheme>> = {
  [OID.rsaEncryption]: scheme('rsa-pkcs1', null),
  [OID.sha1WithRSAEncryption]: scheme('rsa-pkcs1', 'sha1'),
  [OID.sha224WithRSAEncryption]: scheme('rsa-pkcs1', 'sha224'),
  [OID.sha256WithRSAEncryption]: scheme('rsa-pkcs1', 'sha256'),
  [OID.sha384WithRSAEncryption]: scheme('rsa-pkcs1', 'sha384'),
  [OID.sha512WithRSAEncryption]: scheme('rsa-pkcs1', 'sha512'),
  [OID.ecdsaWithSHA1]: scheme('ecdsa', 'sha1'),
  [OID.ecdsaWithSHA224]: scheme('ecdsa', 'sha224'),
  [OID.ecdsaWithSHA256]: scheme('ecdsa', 'sha256'),
  [OID.ecdsaWithSHA384]: scheme('ecdsa', 'sha384'),
  [OID.ecdsaWithSHA512]: scheme('ecdsa', 'sha512'),
  [OID.ed25519]: scheme('ed25519', null),
};

const ECDSA: Readonly<Record<string, { digest: DigestName; oid: string }>> = {
  prime256v1: { digest: 'sha256', oid: OID.ecdsaWithSHA256 },
  secp384r1: { digest: 'sha384', oid: OID.ecdsaWithSHA384 },
  secp521r1: { digest: 'sha512', oid: OID.ecdsaWithSHA512 },
};

const MIN_RSA_BITS = 2048;
const DEFAULT_SALT_LENGTH = 20;
const PSS_SALT_LENGTH = 32;

/** The digest that an identifier names, or null where it names none of SHA-1 and SHA-2. Parameters may be NULL or absent (RFC 5754, 2). */
export function digestName(algorithm: AlgorithmIdentifier): DigestName | null {
  return hasNoParameters(algorithm) ? (DIGESTS[algorithm.oid] ?? null) : null;
}

export function digestOid(name: DigestName): string {
  return OID[name];
}

/** The scheme of a signatureAlgorithm, or null where it is not known. Throws Asn1Error for malformed PSS parameters. */
export function readSignatureScheme(algorithm: AlgorithmIdentifier): SignatureScheme | null {
  if (algorithm.oid === OID.rsassaPss) return readPss(algorithm);
  return hasNoParameters(algorithm) ? (SCHEMES[algorithm.oid] ?? null) : null;
}

/** RSASSA-PSS-params (RFC 4055, 3.1). Null where MGF1 uses another digest, which node:crypto cannot express. */
function readPss({ parameters }: AlgorithmIdentifier): SignatureScheme | null {
  const members = cursor(expectTag(parameters ?? undefined, 0x30));
  const hash = members.optional(0xa0);
  const mgf = members.optional(0xa1);
  const salt = members.optional(0xa2);
  const trailer = members.optional(0xa3);
  members.end();
  const digest = hash === null ? 'sha1' : digestName(readAlgorithmIdentifier(cursor(hash).next()));
  if (digest === null || mgfDigest(mgf === null ? null : cursor(mgf).next()) !== digest) return null;
  if (trailer !== null && readSmallInteger(cursor(trailer).next()) !== 1) throw new Asn1Error('trailerField');
  const saltLength = salt === null ? DEFAULT_SALT_LENGTH : readSmallInteger(cursor(salt).next());
  return { kind: 'rsa-pss', digest, saltLength };
}

/** The digest of MGF1 (RFC 4055, 2.2); SHA-1 where it is left out. */
export function mgfDigest(maskGenAlgorithm: Parameters<typeof readAlgorithmIdentifier>[0] | null): DigestName | null {
  if (maskGenAlgorithm === null) return 'sha1';
  const { oid, parameters } = readAlgorithmIdentifier(maskGenAlgorithm);
  if (oid !== OID.mgf1 || parameters === null) return null;
  return digestName(readAlgorithmIdentifier(parameters));
}

export interface SignerAlgorithms {
  readonly digest: DigestName;
  readonly scheme: SignatureScheme;
  /** DER of the AlgorithmIdentifiers that SignerInfo states. */
  readonly digestAlgorithm: Buffer;
  readonly signatureAlgorithm: Buffer;
}

/**
 * What a key signs with: ECDSA with the SHA-2 of its curve's strength, RSA with SHA-256, Ed25519 with SHA-512 for the content (RFC 8419).
 * @param pss RSASSA-PSS instead of PKCS #1 v1.5; the certificate's key stays rsaEncryption
 * @throws SIGNATURE_ALGORITHM_REFUSED
 */
export function algorithmsFor(key: KeyObject, pss = false): SignerAlgorithms {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'rsa' && (details?.modulusLength ?? 0) >= MIN_RSA_BITS) return rsaAlgorithms(pss);
  const ecdsa = key.asymmetricKeyType === 'ec' ? ECDSA[details?.namedCurve ?? ''] : undefined;
  if (ecdsa !== undefined) {
    const { digest, oid } = ecdsa;
    return {
      digest,
      scheme: scheme('ecdsa', digest),
      digestAlgorithm: digestIdentifier(digest),
      signatureAlgorithm: algorithmIdentifier(oid),
    };
  }
  if (key.asymmetricKeyType === 'ed25519') {
    const signatureAlgorithm = algorithmIdentifier(OID.ed25519);
    return {
      digest: 'sha512',
      scheme: scheme('ed25519', null),
      digestAlgorithm: digestIdentifier('sha512'),
      signatureAlgorithm,
    };
  }
  throw new AppError('SIGNATURE_ALGORITHM_REFUSED', {
    algorithm: details?.namedCurve ?? `${key.asymmetricKeyType ?? 'unknown'}-${details?.modulusLength ?? ''}`,
  });
}

function rsaAlgorithms(pss: boolean): SignerAlgorithms {
  const digestAlgorithm = digestIdentifier('sha256');
  if (!pss) {
    const signatureAlgorithm = algorithmIdentifier(OID.rsaEncryption, nullValue());
    return { digest: 'sha256', scheme: scheme('rsa-pkcs1', null), digestAlgorithm, signatureAlgorithm };
  }
  const mgf = algorithmIdentifier(OID.mgf1, digestAlgorithm);
  const parameters = sequence(context(0, digestAlgorithm), context(1, mgf), context(2, integer(PSS_SALT_LENGTH)));
  return {
    digest: 'sha256',
    scheme: { kind: 'rsa-pss', digest: 'sha256', saltLength: PSS_SALT_LENGTH },
    digestAlgorithm,
    signatureAlgorithm: algorithmIdentifier(OID.rsassaPss, parameters),
  };
}

/** RFC 5754 2 asks for absent parameters in SHA-2; NULL is what gpgsm and NSS compare with, and every reader must take both. */
function digestIdentifier(name: DigestName): Buffer {
  return algorithmIdentifier(OID[name], nullValue());
}

export function signingOptions({ kind, saltLength }: SignatureScheme): SigningOptions {
  if (kind === 'rsa-pss') return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltLength ?? 0 };
  return kind === 'rsa-pkcs1' ? { padding: constants.RSA_PKCS1_PADDING } : {};
}

export function schemeText({ kind, digest }: SignatureScheme, contentDigest: DigestName): string {
  return kind === 'ed25519' ? kind : `${kind}-${digest ?? contentDigest}`;
}

export function algorithmText(algorithm: AlgorithmIdentifier): string {
  return oidName(algorithm.oid);
}
