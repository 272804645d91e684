import { AppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { Asn1Error, cursor, type Element, expectTag, readOid, readOnly, readSmallInteger } from './asn1/der-reader.ts';
import { OID, oidName } from './oids.ts';

/** Octets of memory that a foreign file may make scrypt take (RFC 7914, 2: 128·N·r). OpenSSL itself stops at 32 MiB. */
const MAX_SCRYPT_MEMORY = 32 * 1024 * 1024;

/**
 * Refuses an EncryptedPrivateKeyInfo (RFC 5958, 3) whose key derivation is unknown, or so costly that trying it would hang the process.
 * @throws AppError KEY_ALGORITHM_REFUSED, KEY_MALFORMED
 */
export function checkEncryptionCost(der: Buffer): void {
  try {
    const scheme = cursor(cursor(readOnly(der, 0x30)).next(0x30));
    const id = readOid(scheme.next());
    // PKCS#12 ciphers outside PKCS#12, and PBES1: MD5, RC2 and DES
    if (id !== OID.pbes2) throw new AppError('KEY_ALGORITHM_REFUSED', { algorithm: oidName(id) });
    checkDerivation(cursor(scheme.next(0x30)).next(0x30));
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new AppError('KEY_MALFORMED', { reason: error.message }, error);
  }
}

/** PBKDF2-params (RFC 8018, A.2) or scrypt-params (RFC 7914, 7.1). */
function checkDerivation(element: Element): void {
  const fields = cursor(element);
  const id = readOid(fields.next());
  const parameters = cursor(expectTag(fields.next(), 0x30));
  parameters.next();
  const cost = readSmallInteger(parameters.next());
  if (id === OID.pbkdf2) requireCost(cost <= LIMITS.kdfIterations, id);
  else if (id === OID.scrypt) {
    const blockSize = readSmallInteger(parameters.next());
    const parallelization = readSmallInteger(parameters.next());
    requireCost(128 * cost * blockSize <= MAX_SCRYPT_MEMORY && parallelization <= 64, id);
  } else throw new AppError('KEY_ALGORITHM_REFUSED', { algorithm: oidName(id) });
}

function requireCost(bearable: boolean, id: string): void {
  if (!bearable)
    throw new AppError('KEY_ALGORITHM_REFUSED', { algorithm: oidName(id), reason: 'derivation too costly' });
}
