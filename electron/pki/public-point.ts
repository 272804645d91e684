import type { KeyObject } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { children, readBitString, readOnly } from './asn1/der-reader.ts';

/** The point of an EC key as its SubjectPublicKeyInfo has it (RFC 5480, 2.2). */
export function publicPoint(publicKey: KeyObject): Buffer {
  const [, subjectPublicKey] = children(readOnly(publicKey.export({ type: 'spki', format: 'der' }), 0x30));
  if (subjectPublicKey === undefined) throw new AppError('INTERNAL', { reason: 'SubjectPublicKeyInfo without a key' });
  return readBitString(subjectPublicKey).bytes;
}
