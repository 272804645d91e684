import { type KeyObject } from 'node:crypto';
/** SHA-256 of the SubjectPublicKeyInfo. @param key a private key, or its public one */
export declare function keyIdOf(key: KeyObject): string;
/** @param keys Ed25519 private keys: during a change of keys the old and the new one sign */
export declare function sealEnvelope(type: string, payload: Buffer, keys: readonly KeyObject[]): Buffer;
/**
 * @param keys the public keys that count
 * @returns the payload; null where none of the signatures names a key that counts
 * @throws AppError UPDATE_MALFORMED, UPDATE_TAMPERED where one of our keys is named and has not signed this
 */
export declare function openEnvelope(type: string, bytes: Buffer, keys: readonly KeyObject[]): Buffer | null;
