import { Asn1Error, cursor, type Element, expectTag } from '../asn1/der-reader.ts';
import { OID } from '../oids.ts';
import {
  type AlgorithmIdentifier,
  digestName,
  readAlgorithmIdentifier,
  refuseAlgorithm,
} from './algorithm-identifier.ts';
import { type KeyDerivation, readKeyDerivation, readPkcs12PbeParameters } from './key-derivation.ts';

export interface BlockCipher {
  readonly name: string;
  /** The name in node:crypto; null for RC2, which it lacks. */
  readonly node: string | null;
  /** Bytes. */
  readonly keyLength: number;
  /** Bytes; also the length of the initialization vector. */
  readonly blockLength: number;
  readonly legacy: boolean;
}

export interface EncryptionScheme {
  readonly name: string;
  readonly cipher: BlockCipher;
  readonly kdf: KeyDerivation;
  /** null: derived from the password like the key. */
  readonly iv: Buffer | null;
}

/** An EncryptionScheme as a person is told of it. */
export interface EncryptionDescription {
  readonly scheme: string;
  readonly cipher: string;
  readonly kdf: KeyDerivation['name'];
  /** The PRF of PBKDF2 or the hash of the PKCS#12 KDF; null for scrypt. */
  readonly digest: string | null;
  /** The cost N for scrypt. */
  readonly iterations: number;
  readonly legacy: boolean;
}

const TRIPLE_DES = { name: '3DES-CBC', node: 'des-ede3-cbc', keyLength: 24, blockLength: 8, legacy: true } as const;

const PBES2_CIPHERS: Readonly<Record<string, BlockCipher>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'AES-128-CBC', node: 'aes-128-cbc', keyLength: 16, blockLength: 16, legacy: false },
  '2.16.840.1.101.3.4.1.22': {
    name: 'AES-192-CBC',
    node: 'aes-192-cbc',
    keyLength: 24,
    blockLength: 16,
    legacy: false,
  },
  '2.16.840.1.101.3.4.1.42': {
    name: 'AES-256-CBC',
    node: 'aes-256-cbc',
    keyLength: 32,
    blockLength: 16,
    legacy: false,
  },
  '1.2.840.113549.3.7': TRIPLE_DES,
};

/** RFC 7292, appendix C, without RC4. */
const PBES1: Readonly<Record<string, { readonly name: string; readonly cipher: BlockCipher }>> = {
  '1.2.840.113549.1.12.1.3': { name: 'pbeWithSHAAnd3-KeyTripleDES-CBC', cipher: TRIPLE_DES },
  '1.2.840.113549.1.12.1.4': {
    name: 'pbeWithSHAAnd2-KeyTripleDES-CBC',
    cipher: { ...TRIPLE_DES, name: '3DES-CBC with two keys', keyLength: 16 },
  },
  '1.2.840.113549.1.12.1.5': {
    name: 'pbeWithSHAAnd128BitRC2-CBC',
    cipher: { name: 'RC2-128-CBC', node: null, keyLength: 16, blockLength: 8, legacy: true },
  },
  '1.2.840.113549.1.12.1.6': {
    name: 'pbeWithSHAAnd40BitRC2-CBC',
    cipher: { name: 'RC2-40-CBC', node: null, keyLength: 5, blockLength: 8, legacy: true },
  },
};

/** @throws P12_ALGORITHM_REFUSED for a scheme, cipher or KDF beyond the tables above. */
export function readEncryptionScheme(element: Element): EncryptionScheme {
  const algorithm = readAlgorithmIdentifier(element);
  if (algorithm.oid === OID.pbes2) return readPbes2(algorithm);
  const scheme = PBES1[algorithm.oid];
  if (scheme === undefined) throw refuseAlgorithm(algorithm.oid);
  return { ...scheme, kdf: readPkcs12PbeParameters(algorithm.parameters, 'sha1'), iv: null };
}

export function describeEncryption({ name, cipher, kdf }: EncryptionScheme): EncryptionDescription {
  const digest = kdf.name === 'scrypt' ? null : digestName(kdf.name === 'PBKDF2' ? kdf.prf : kdf.digest);
  const iterations = kdf.name === 'scrypt' ? kdf.cost : kdf.iterations;
  return { scheme: name, cipher: cipher.name, kdf: kdf.name, digest, iterations, legacy: cipher.legacy };
}

/** PBES2-params (RFC 8018, appendix A.4). */
function readPbes2({ parameters }: AlgorithmIdentifier): EncryptionScheme {
  const members = cursor(expectTag(parameters ?? undefined, 0x30));
  const kdf = readKeyDerivation(members.next());
  const encryption = readAlgorithmIdentifier(members.next());
  members.end();
  const cipher = PBES2_CIPHERS[encryption.oid];
  if (cipher === undefined) throw refuseAlgorithm(encryption.oid);
  const iv = expectTag(encryption.parameters ?? undefined, 0x04).value;
  if (iv.length !== cipher.blockLength) throw new Asn1Error('bad initialization vector');
  if (kdf.name !== 'PKCS12' && kdf.keyLength !== null && kdf.keyLength !== cipher.keyLength) {
    throw new Asn1Error('key length does not fit the cipher');
  }
  return { name: 'PBES2', cipher, kdf, iv };
}
