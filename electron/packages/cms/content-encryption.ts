import { AppError } from '../../../shared/errors.ts';
import { Asn1Error, cursor, expectTag, readSmallInteger } from '../../pki/asn1/der-reader.ts';
import type { AlgorithmIdentifier } from './algorithm-identifier.ts';
import { OID, oidName } from './oids.ts';

/** contentEncryptionAlgorithm, ready for node:crypto. */
export type ContentEncryption = AuthenticatedEncryption | BlockEncryption;

export interface AuthenticatedEncryption {
  readonly mode: 'gcm';
  readonly cipher: string;
  readonly keyLength: number;
  readonly nonce: Buffer;
  /** ICVlen: 12 to 16 bytes (RFC 5084, 3.2). */
  readonly tagLength: number;
  readonly legacy: false;
}

export interface BlockEncryption {
  readonly mode: 'cbc' | 'ecb';
  readonly cipher: string;
  readonly keyLength: number;
  readonly iv: Buffer | null;
  readonly blockLength: 8 | 16;
  /** Opened only where a policy switch says so. */
  readonly legacy: boolean;
}

interface BlockCipher {
  readonly cipher: string;
  readonly mode: 'cbc' | 'ecb';
  readonly keyLength: number;
  readonly blockLength: 8 | 16;
  readonly legacy: boolean;
}

export const RC2_CBC = 'rc2-cbc';
const GCM: Readonly<Record<string, number>> = { [OID.aes128Gcm]: 16, [OID.aes192Gcm]: 24, [OID.aes256Gcm]: 32 };

const block = (
  cipher: string,
  mode: 'cbc' | 'ecb',
  keyLength: number,
  blockLength: 8 | 16,
  legacy: boolean,
): BlockCipher => ({
  cipher,
  mode,
  keyLength,
  blockLength,
  legacy,
});

const BLOCK_CIPHERS: Readonly<Record<string, BlockCipher>> = {
  [OID.aes128Cbc]: block('aes-128-cbc', 'cbc', 16, 16, false),
  [OID.aes192Cbc]: block('aes-192-cbc', 'cbc', 24, 16, false),
  [OID.aes256Cbc]: block('aes-256-cbc', 'cbc', 32, 16, false),
  [OID.aes128Ecb]: block('aes-128-ecb', 'ecb', 16, 16, true),
  [OID.aes192Ecb]: block('aes-192-ecb', 'ecb', 24, 16, true),
  [OID.aes256Ecb]: block('aes-256-ecb', 'ecb', 32, 16, true),
  [OID.tripleDesCbc]: block('des-ede3-cbc', 'cbc', 24, 8, true),
  [OID.camellia128Cbc]: block('camellia-128-cbc', 'cbc', 16, 16, true),
  [OID.camellia192Cbc]: block('camellia-192-cbc', 'cbc', 24, 16, true),
  [OID.camellia256Cbc]: block('camellia-256-cbc', 'cbc', 32, 16, true),
  [OID.camellia128Ecb]: block('camellia-128-ecb', 'ecb', 16, 16, true),
};

/** rc2ParameterVersion to bytes (RFC 2268, 6). */
const RC2_KEY_LENGTHS: ReadonlyMap<number, number> = new Map([
  [160, 5],
  [120, 8],
  [58, 16],
]);

const DEFAULT_ICV_LENGTH = 12;
const MIN_ICV_LENGTH = 12;
const MAX_ICV_LENGTH = 16;
const MAX_NONCE_LENGTH = 64;

/**
 * @param authenticated whether the content type is AuthEnvelopedData: each type has its own algorithms, so that a
 *   package cannot be turned into the other one under the same key (RFC 9709, 1)
 * @throws PACKAGE_ALGORITHM_REFUSED, Asn1Error
 */
export function readContentEncryption(algorithm: AlgorithmIdentifier, authenticated: boolean): ContentEncryption {
  const gcmKeyLength = GCM[algorithm.oid];
  if (authenticated && gcmKeyLength !== undefined) return readGcm(algorithm, gcmKeyLength);
  if (!authenticated && algorithm.oid === OID.rc2Cbc) return readRc2(algorithm);
  const cipher = BLOCK_CIPHERS[algorithm.oid];
  if (!authenticated && cipher !== undefined) return { ...cipher, iv: readIv(algorithm, cipher) };
  throw new AppError('PACKAGE_ALGORITHM_REFUSED', { algorithm: oidName(algorithm.oid) });
}

/** GCMParameters (RFC 5084, 3.2). */
function readGcm({ parameters }: AlgorithmIdentifier, keyLength: number): AuthenticatedEncryption {
  const members = cursor(expectTag(parameters ?? undefined, 0x30));
  const nonce = members.next(0x04).value;
  const tagLength = members.done ? DEFAULT_ICV_LENGTH : readSmallInteger(members.next());
  members.end();
  if (nonce.length === 0 || nonce.length > MAX_NONCE_LENGTH) throw new Asn1Error('nonce length');
  if (tagLength < MIN_ICV_LENGTH || tagLength > MAX_ICV_LENGTH) throw new Asn1Error('ICVlen');
  return { mode: 'gcm', cipher: `aes-${keyLength * 8}-gcm`, keyLength, nonce, tagLength, legacy: false };
}

function readIv({ parameters }: AlgorithmIdentifier, { mode, blockLength }: BlockCipher): Buffer | null {
  if (mode === 'ecb') return null;
  const iv = expectTag(parameters ?? undefined, 0x04).value;
  if (iv.length !== blockLength) throw new Asn1Error('IV length');
  return iv;
}

/** RC2CBCParameter (RFC 2268, 6): its version codes the effective bits of the key. */
function readRc2({ parameters }: AlgorithmIdentifier): BlockEncryption {
  const members = cursor(expectTag(parameters ?? undefined, 0x30));
  const keyLength = RC2_KEY_LENGTHS.get(readSmallInteger(members.next()));
  const iv = members.next(0x04).value;
  members.end();
  if (keyLength === undefined || iv.length !== 8) throw new Asn1Error('RC2 parameters');
  return { mode: 'cbc', cipher: RC2_CBC, keyLength, iv, blockLength: 8, legacy: true };
}
