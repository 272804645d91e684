import { KeyObject } from 'node:crypto';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

/** A private key that works where it lies, e.g. in a token, and never comes out. */
export interface RemoteSigningKey {
  /**
   * @param data what is signed, not its digest
   * @returns ECDSA as DER (RFC 3279, 2.2.3)
   * @throws AppError of where the key lies
   */
  sign(algorithm: SignatureAlgorithm, data: Buffer): Promise<Buffer>;
}

export interface RemoteDecryptionKey {
  /** RSAES-OAEP with SHA-256, MGF1-SHA-256 and no label; null where it does not decrypt. @throws AppError of where the key lies */
  decryptOaep(ciphertext: Buffer): Promise<Buffer | null>;
  /**
   * The ECDH secret, as long as the field; the caller zeroes it.
   *
   * @param point uncompressed (SEC 1, 2.3.3) and on the key's curve: the caller has checked
   * @throws AppError of where the key lies
   */
  agree(point: Buffer): Promise<Buffer>;
}

export type SigningKey = KeyObject | RemoteSigningKey;
export type DecryptionKey = KeyObject | RemoteDecryptionKey;

export function isRemote<Remote extends object>(key: KeyObject | Remote): key is Remote {
  return !(key instanceof KeyObject);
}
