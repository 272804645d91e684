import { createHmac, timingSafeEqual } from 'node:crypto';
import { Asn1Error, cursor, type Element, expectTag } from '../asn1/der-reader.ts';
import {
  type AlgorithmIdentifier,
  DIGEST_LENGTH,
  type Digest,
  digestName,
  digestOf,
  hmacDigestOf,
  readAlgorithmIdentifier,
} from './algorithm-identifier.ts';
import {
  deriveKey,
  formsFor,
  type KeyDerivation,
  readKeyDerivation,
  readPositive,
  type WorkBudget,
} from './key-derivation.ts';
import { P12_OID } from './oids.ts';
import type { PasswordForms } from './password-forms.ts';
import { PURPOSE } from './pkcs12-kdf.ts';

/** MacData: HMAC under a key of the RFC 7292 KDF, or PBMAC1 (RFC 9579). */
export interface MacScheme {
  readonly kind: 'mac' | 'pbmac1';
  readonly digest: Digest;
  readonly kdf: KeyDerivation;
  /** Bytes of the HMAC key. */
  readonly keyLength: number;
  readonly value: Buffer;
}

export interface IntegrityDescription {
  readonly kind: 'mac' | 'pbmac1' | 'none';
  /** The digest of the HMAC. */
  readonly digest: string | null;
  readonly kdf: KeyDerivation['name'] | null;
  readonly iterations: number | null;
  readonly legacy: boolean;
}

/** RFC 9579, 5, refuses keys shorter than this. */
const PBMAC1_MIN_KEY = 20;
/** More than any HMAC here can use; OpenSSL's CVE-2025-11187 was a longer one. */
const PBMAC1_MAX_KEY = 64;

/** MacData (RFC 7292, 4). */
export function readMacScheme(element: Element): MacScheme {
  const members = cursor(element, 0x30);
  const digestInfo = cursor(members.next(0x30));
  const algorithm = readAlgorithmIdentifier(digestInfo.next());
  const value = digestInfo.next(0x04).value;
  digestInfo.end();
  const salt = members.next(0x04).value;
  const iterations = members.done ? 1 : readPositive(members.next());
  members.end();
  // PBMAC1 brings its own salt and iterations; those of MacData are filler
  const scheme =
    algorithm.oid === P12_OID.pbmac1 ? readPbmac1(algorithm) : classicMac(digestOf(algorithm), salt, iterations);
  if (value.length !== DIGEST_LENGTH[scheme.digest]) throw new Asn1Error('MAC of another length than its digest');
  return { ...scheme, value };
}

/** Whether some form of the password gives the MAC. */
export function verifyMac(scheme: MacScheme, content: Buffer, forms: PasswordForms, budget: WorkBudget): boolean {
  return formsFor(scheme.kdf, forms).some((password) => {
    const mac = computeMac(scheme, content, password, budget);
    return timingSafeEqual(mac, scheme.value);
  });
}

export function computeMac(
  scheme: Omit<MacScheme, 'value'>,
  content: Buffer,
  password: Buffer,
  budget: WorkBudget,
): Buffer {
  const key = deriveKey(scheme.kdf, password, { purpose: PURPOSE.macKey, length: scheme.keyLength }, budget);
  const mac = createHmac(scheme.digest, key).update(content).digest();
  key.fill(0);
  return mac;
}

export function describeIntegrity(scheme: MacScheme | null): IntegrityDescription {
  if (scheme === null) return { kind: 'none', digest: null, kdf: null, iterations: null, legacy: false };
  const { kind, digest, kdf } = scheme;
  const iterations = kdf.name === 'scrypt' ? kdf.cost : kdf.iterations;
  return { kind, digest: digestName(digest), kdf: kdf.name, iterations, legacy: digest === 'sha1' };
}

function classicMac(digest: Digest, salt: Buffer, iterations: number): Omit<MacScheme, 'value'> {
  const kdf: KeyDerivation = { name: 'PKCS12', digest, salt, iterations };
  return { kind: 'mac', digest, kdf, keyLength: DIGEST_LENGTH[digest] };
}

/** PBMAC1-params (RFC 8018, appendix A.5) as RFC 9579, 4, narrows them. */
function readPbmac1({ parameters }: AlgorithmIdentifier): Omit<MacScheme, 'value'> {
  const members = cursor(expectTag(parameters ?? undefined, 0x30));
  const kdf = readKeyDerivation(members.next());
  const digest = hmacDigestOf(readAlgorithmIdentifier(members.next()));
  members.end();
  const keyLength = kdf.name === 'PKCS12' ? null : kdf.keyLength;
  if (keyLength === null || keyLength < PBMAC1_MIN_KEY || keyLength > PBMAC1_MAX_KEY) {
    throw new Asn1Error('PBMAC1 key length is missing or out of range');
  }
  return { kind: 'pbmac1', digest, kdf, keyLength };
}
