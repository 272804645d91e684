import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { AppError, isAppError } from '../../shared/errors.ts';
import { Asn1Error, cursor, type Element, readOnly } from './asn1/der-reader.ts';
import { checkEncryptionCost } from './encrypted-key.ts';
import { type AlgorithmPolicy, requireKeyAllowed } from './key-policy.ts';
import { looksLikePem, type PemBlock, readPem } from './pem.ts';

export type KeyAlgorithm = 'p256' | 'p384' | 'p521' | 'rsa3072' | 'ed25519';

const CURVES = { p256: 'prime256v1', p384: 'secp384r1', p521: 'secp521r1' } as const;

/** A fresh pair from the system's CSPRNG. RSA-3072 takes some tenths of a second. */
export function generateKeyPair(algorithm: KeyAlgorithm): {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
} {
  if (algorithm === 'ed25519') return generateKeyPairSync('ed25519');
  if (algorithm === 'rsa3072') return generateKeyPairSync('rsa', { modulusLength: 3072 });
  return generateKeyPairSync('ec', { namedCurve: CURVES[algorithm] });
}

/**
 * The private key of a PEM or DER file: PKCS#8 plain or encrypted (RFC 5958), PKCS#1, SEC 1. The first key of a PEM file counts.
 * `passphrase` are the octets that its author typed; the caller zeroes them.
 * @throws AppError KEY_MISSING, KEY_MALFORMED, KEY_PASSPHRASE_WRONG (also where one is needed and none was given), KEY_ALGORITHM_REFUSED
 */
export function loadPrivateKey(bytes: Buffer, passphrase?: Buffer, policy: AlgorithmPolicy = {}): KeyObject {
  const key = looksLikePem(bytes) ? fromPem(bytes, passphrase) : fromDer(bytes, passphrase);
  requireKeyAllowed(key, policy);
  return key;
}

function fromPem(bytes: Buffer, passphrase: Buffer | undefined): KeyObject {
  const blocks = readPem(bytes);
  if (blocks === null) throw new AppError('KEY_MALFORMED', { reason: 'bad PEM' });
  const block = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (block === undefined) throw new AppError('KEY_MISSING');
  if (block.hasHeaders) return decryptOldPem(block, passphrase);
  return fromDer(block.der, passphrase);
}

/** RFC 1421 headers: OpenSSL's format before PKCS#8. */
function decryptOldPem(block: PemBlock, passphrase: Buffer | undefined): KeyObject {
  if (passphrase === undefined) throw new AppError('KEY_PASSPHRASE_WRONG', { reason: 'none given' });
  try {
    return createPrivateKey({ key: block.text, format: 'pem', passphrase });
  } catch (error) {
    throw new AppError('KEY_PASSPHRASE_WRONG', {}, error);
  }
}

function fromDer(der: Buffer, passphrase: Buffer | undefined): KeyObject {
  const type = readShape(der);
  if (type === 'encrypted') return decrypt(der, passphrase);
  try {
    return createPrivateKey({ key: der, format: 'der', type });
  } catch (error) {
    if (isUnsupported(error)) throw new AppError('KEY_ALGORITHM_REFUSED', { algorithm: 'unknown' }, error);
    throw new AppError('KEY_MALFORMED', { reason: type }, error);
  }
}

function decrypt(der: Buffer, passphrase: Buffer | undefined): KeyObject {
  checkEncryptionCost(der);
  if (passphrase === undefined) throw new AppError('KEY_PASSPHRASE_WRONG', { reason: 'none given' });
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8', passphrase });
  } catch (error) {
    if (isUnsupported(error))
      throw new AppError('KEY_ALGORITHM_REFUSED', { algorithm: 'encryption of the key' }, error);
    throw new AppError('KEY_PASSPHRASE_WRONG', {}, error);
  }
}

function isUnsupported(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /UNSUPPORTED|UNKNOWN|INVALID_DIGEST|CIPHER_PARAMETER|MEMORY_LIMIT/.test(code);
}

/** What the first two members tell: EncryptedPrivateKeyInfo, PrivateKeyInfo, ECPrivateKey or RSAPrivateKey. */
function readShape(der: Buffer): 'encrypted' | 'pkcs8' | 'sec1' | 'pkcs1' {
  const [first, second] = firstTwo(der);
  if (first.tag === 0x30 && second.tag === 0x04) return 'encrypted';
  if (first.tag === 0x02 && second.tag === 0x30) return 'pkcs8';
  if (first.tag === 0x02 && second.tag === 0x04) return 'sec1';
  if (first.tag === 0x02 && second.tag === 0x02) return 'pkcs1';
  throw new AppError('KEY_MALFORMED', { reason: 'not a private key' });
}

function firstTwo(der: Buffer): [Element, Element] {
  try {
    const members = cursor(readOnly(der, 0x30));
    return [members.next(), members.next()];
  } catch (error) {
    if (isAppError(error) || !(error instanceof Asn1Error)) throw error;
    throw new AppError('KEY_MALFORMED', { reason: error.message }, error);
  }
}
