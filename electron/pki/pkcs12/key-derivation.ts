import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { Asn1Error, cursor, type Element, expectTag, readSmallInteger } from '../asn1/der-reader.ts';
import { OID } from '../oids.ts';
import {
  DIGEST_LENGTH,
  type Digest,
  hmacDigestOf,
  readAlgorithmIdentifier,
  refuseAlgorithm,
} from './algorithm-identifier.ts';
import type { PasswordForms } from './password-forms.ts';
import { derivePkcs12Key, type Purpose } from './pkcs12-kdf.ts';

/** How a password becomes a key. */
export type KeyDerivation =
  | { readonly name: 'PKCS12'; readonly digest: Digest; readonly salt: Buffer; readonly iterations: number }
  | {
      readonly name: 'PBKDF2';
      readonly prf: Digest;
      readonly salt: Buffer;
      readonly iterations: number;
      readonly keyLength: number | null;
    }
  | {
      readonly name: 'scrypt';
      readonly salt: Buffer;
      readonly cost: number;
      readonly blockSize: number;
      readonly parallelization: number;
      readonly keyLength: number | null;
    };

/** What one file may still cost: a file may hold many keys, each with its own iterations. */
export interface WorkBudget {
  iterationsLeft: number;
}

/** What scrypt may allocate. Bytes. */
const SCRYPT_MEMORY = 256 * 1024 * 1024;

/** PBKDF2-params (RFC 8018, appendix A.2) or scrypt-params (RFC 7914, 7.1). */
export function readKeyDerivation(element: Element): KeyDerivation {
  const { oid, parameters } = readAlgorithmIdentifier(element);
  if (oid === OID.pbkdf2) return readPbkdf2(expectTag(parameters ?? undefined, 0x30));
  if (oid === OID.scrypt) return readScrypt(expectTag(parameters ?? undefined, 0x30));
  throw refuseAlgorithm(oid);
}

/** pkcs-12PbeParams (RFC 7292, appendix C). */
export function readPkcs12PbeParameters(parameters: Element | null, digest: Digest): KeyDerivation {
  const members = cursor(expectTag(parameters ?? undefined, 0x30));
  const salt = members.next(0x04).value;
  const iterations = readPositive(members.next());
  members.end();
  return { name: 'PKCS12', digest, salt, iterations };
}

export function readPositive(element: Element): number {
  const value = readSmallInteger(element);
  if (value === 0) throw new Asn1Error('INTEGER out of range');
  return value;
}

/** The forms of the password that this derivation takes. */
export function formsFor(kdf: KeyDerivation, forms: PasswordForms): readonly Buffer[] {
  return kdf.name === 'PKCS12' ? forms.bmp : forms.octets;
}

/**
 * Derives `length` bytes, which the caller zeroes.
 * @throws P12_ALGORITHM_REFUSED where that would cost more than the budget or `LIMITS.kdfIterations` allow.
 */
export function deriveKey(
  kdf: KeyDerivation,
  password: Buffer,
  want: { readonly purpose: Purpose; readonly length: number },
  budget: WorkBudget,
): Buffer {
  spend(kdf, want.length, budget);
  switch (kdf.name) {
    case 'PKCS12':
      return derivePkcs12Key({ ...kdf, ...want, password });
    case 'PBKDF2':
      return pbkdf2Sync(password, kdf.salt, kdf.iterations, want.length, kdf.prf);
    case 'scrypt':
      return scryptSync(password, kdf.salt, want.length, {
        cost: kdf.cost,
        blockSize: kdf.blockSize,
        parallelization: kdf.parallelization,
        maxmem: SCRYPT_MEMORY,
      });
  }
}

function spend(kdf: KeyDerivation, length: number, budget: WorkBudget): void {
  const iterations = workOf(kdf, length);
  if (iterations > Math.min(LIMITS.kdfIterations, budget.iterationsLeft)) {
    throw new AppError('P12_ALGORITHM_REFUSED', { algorithm: kdf.name, iterations });
  }
  budget.iterationsLeft -= iterations;
}

/**
 * One iteration in our own loop costs 4 to 8 of those inside the cryptographic library (measured). It counts for less, so that a file of
 * Firefox still opens: 600,000 for each part, 4 million in all.
 */
function ownLoop(digest: Digest): number {
  return DIGEST_LENGTH[digest] > 32 ? 3 : 2;
}

/** In iterations of the library's PBKDF2, so that one budget covers all and no file costs more than some seconds. */
function workOf(kdf: KeyDerivation, length: number): number {
  switch (kdf.name) {
    case 'PKCS12':
      return ownLoop(kdf.digest) * kdf.iterations * Math.ceil(length / DIGEST_LENGTH[kdf.digest]);
    case 'PBKDF2':
      return kdf.iterations * Math.ceil(length / DIGEST_LENGTH[kdf.prf]);
    case 'scrypt':
      return 2 * kdf.cost * kdf.blockSize * kdf.parallelization;
  }
}

function readPbkdf2(parameters: Element): KeyDerivation {
  const members = cursor(parameters);
  const salt = members.next(0x04).value;
  const iterations = readPositive(members.next());
  const keyLength = members.optional(0x02);
  const prf = members.optional(0x30);
  members.end();
  return {
    name: 'PBKDF2',
    prf: prf === null ? 'sha1' : hmacDigestOf(readAlgorithmIdentifier(prf)),
    salt,
    iterations,
    keyLength: keyLength === null ? null : readPositive(keyLength),
  };
}

function readScrypt(parameters: Element): KeyDerivation {
  const members = cursor(parameters);
  const salt = members.next(0x04).value;
  const cost = readPositive(members.next());
  const blockSize = readPositive(members.next());
  const parallelization = readPositive(members.next());
  const keyLength = members.optional(0x02);
  members.end();
  // RFC 7914, 2: a power of two, and less than 2^(128·r/8)
  if (cost < 2 || !Number.isInteger(Math.log2(cost)) || Math.log2(cost) >= 16 * blockSize) {
    throw new Asn1Error('bad scrypt cost');
  }
  if (128 * cost * blockSize > SCRYPT_MEMORY / 2 || parallelization * blockSize > 2 ** 12) {
    throw new AppError('P12_ALGORITHM_REFUSED', { algorithm: 'scrypt', cost, blockSize, parallelization });
  }
  return {
    name: 'scrypt',
    salt,
    cost,
    blockSize,
    parallelization,
    keyLength: keyLength === null ? null : readPositive(keyLength),
  };
}
