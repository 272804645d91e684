import type { KeyObject } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { integer, sequence } from '../asn1/der-writer.ts';
import type { RemoteDecryptionKey, RemoteSigningKey } from '../remote-key.ts';
import type { SignatureAlgorithm } from '../signature-algorithm.ts';
import type { TokenProcess } from './start-token-process.ts';
import type { TokenDigest } from './token-calls.ts';

/** @param key CKA_ID, hex */
export function tokenSigningKey(process: TokenProcess, key: string): RemoteSigningKey {
  return {
    async sign(algorithm, data) {
      const { scheme, digest } = supported(algorithm);
      const signature = await process.ask({ kind: 'sign', key, scheme, digest, data });
      return scheme === 'ecdsa' ? toDer(signature) : signature;
    },
  };
}

function supported({ scheme, digest }: SignatureAlgorithm): {
  readonly scheme: 'pkcs1' | 'pss' | 'ecdsa';
  readonly digest: TokenDigest;
} {
  if (scheme === 'ed25519' || digest === 'sha1' || digest === 'md5' || digest === null) {
    throw new AppError('TOKEN_CANNOT', { reason: scheme });
  }
  return { scheme, digest };
}

/** CKM_ECDSA gives r and s side by side; CMS wants Ecdsa-Sig-Value (RFC 3279, 2.2.3). */
function toDer(raw: Buffer): Buffer {
  const half = raw.length / 2;
  return sequence(integer(raw.subarray(0, half)), integer(raw.subarray(half)));
}

/** Bytes of a field element. */
const FIELD: Readonly<Record<string, number>> = { prime256v1: 32, secp384r1: 48, secp521r1: 66 };

/** @param key CKA_ID, hex */
export function tokenDecryptionKey(process: TokenProcess, key: string, publicKey: KeyObject): RemoteDecryptionKey {
  return {
    decryptOaep: (ciphertext) => process.ask({ kind: 'decrypt-oaep', key, ciphertext }),
    agree: (point) => {
      const length = FIELD[publicKey.asymmetricKeyDetails?.namedCurve ?? ''];
      if (length === undefined) throw new AppError('TOKEN_CANNOT', { reason: 'curve' });
      return process.ask({ kind: 'agree', key, point, length });
    },
  };
}
