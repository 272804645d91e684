import { constants, diffieHellman, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto';
import { hasCode } from '../../../shared/errors.ts';
import type { Certificate } from '../certificate.ts';
import { publicPoint } from '../public-point.ts';
import type { RemoteDecryptionKey } from '../remote-key.ts';

const CURVES: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/**
 * Whether a token opens what is sealed for this certificate, tried out: RSAES-OAEP with SHA-256, or ECDH. Asked before the certificate is published: afterwards
 * counterparts seal for it.
 *
 * @throws AppError of the token where it failed otherwise
 */
export async function probeDecryption({ publicKey }: Certificate, key: RemoteDecryptionKey): Promise<boolean> {
  try {
    const curve = publicKey.asymmetricKeyDetails?.namedCurve ?? '';
    if (publicKey.asymmetricKeyType === 'rsa') return await opensOaep(publicKey, key);
    return publicKey.asymmetricKeyType === 'ec' && CURVES.has(curve) ? await agrees(publicKey, curve, key) : false;
  } catch (error) {
    if (hasCode(error, 'TOKEN_CANNOT')) return false;
    throw error;
  }
}

async function opensOaep(publicKey: Certificate['publicKey'], key: RemoteDecryptionKey): Promise<boolean> {
  const secret = randomBytes(32);
  const padding = { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  const opened = await key.decryptOaep(publicEncrypt(padding, secret));
  return opened?.equals(secret) ?? false;
}

async function agrees(publicKey: Certificate['publicKey'], curve: string, key: RemoteDecryptionKey): Promise<boolean> {
  const ephemeral = generateKeyPairSync('ec', { namedCurve: curve });
  const ours = diffieHellman({ privateKey: ephemeral.privateKey, publicKey });
  const theirs = await key.agree(publicPoint(ephemeral.publicKey));
  return ours.equals(theirs);
}
