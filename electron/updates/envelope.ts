import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { sha256 } from '../../shared/model/schemas.ts';

/**
 * A payload with its signatures: DSSE 1.0.2 (Dead Simple Signing Envelope) with Ed25519 (RFC 8032). What is signed names the type of the payload and both
 * lengths, so that a signature over one thing can never be shown as one over another.
 */

const base64 = z.base64();
const envelope = z.strictObject({
  payloadType: z.string().max(200),
  payload: base64,
  signatures: z
    .array(z.strictObject({ keyid: sha256, sig: base64 }))
    .min(1)
    .max(8),
});

/** PAE of DSSE, section "Signature Definition". */
function encode(type: string, payload: Buffer): Buffer {
  const typeBytes = Buffer.from(type, 'utf8');
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${typeBytes.length} `),
    typeBytes,
    Buffer.from(` ${payload.length} `),
    payload,
  ]);
}

/** SHA-256 of the SubjectPublicKeyInfo. @param key a private key, or its public one */
function keyIdOf(key: KeyObject): string {
  const shown = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(shown.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** @param keys Ed25519 private keys: during a change of keys the old and the new one sign */
export function sealEnvelope(type: string, payload: Buffer, keys: readonly KeyObject[]): Buffer {
  const signed = encode(type, payload);
  const signatures = keys.map((key) => ({ keyid: keyIdOf(key), sig: sign(null, signed, key).toString('base64') }));
  return Buffer.from(
    `${JSON.stringify({ payloadType: type, payload: payload.toString('base64'), signatures }, null, 1)}\n`,
  );
}

/**
 * @param keys the public keys that count
 * @returns the payload; null where none of the signatures names a key that counts
 * @throws AppError UPDATE_MALFORMED, UPDATE_TAMPERED where one of our keys is named and has not signed this
 */
export function openEnvelope(type: string, bytes: Buffer, keys: readonly KeyObject[]): Buffer | null {
  const { payloadType, payload, signatures } = parse(bytes);
  if (payloadType !== type) throw new AppError('UPDATE_MALFORMED', { part: 'payloadType' });
  const body = Buffer.from(payload, 'base64');
  const signed = encode(type, body);
  const known = new Map(keys.map((key) => [keyIdOf(key), key]));
  const ours = signatures.flatMap(({ keyid, sig }) => {
    const key = known.get(keyid);
    return key === undefined ? [] : [{ key, sig: Buffer.from(sig, 'base64') }];
  });
  if (ours.length === 0) return null;
  if (!ours.every(({ key, sig }) => verify(null, signed, key, sig))) throw new AppError('UPDATE_TAMPERED');
  return body;
}

function parse(bytes: Buffer): z.infer<typeof envelope> {
  try {
    return envelope.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw new AppError('UPDATE_MALFORMED', { part: 'envelope' }, error);
  }
}
