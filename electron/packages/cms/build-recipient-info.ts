import { constants, diffieHellman, generateKeyPairSync, type KeyObject, publicEncrypt } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import {
  bitString,
  context,
  contextPrimitive,
  integer,
  nullValue,
  octetString,
  sequence,
} from '../../pki/asn1/der-writer.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { publicPoint } from '../../pki/public-point.ts';
import { wrapKey } from './aes-key-wrap.ts';
import { algorithmIdentifier } from './algorithm-identifier.ts';
import { OID } from './oids.ts';
import { eccCmsSharedInfo, x963Kdf } from './x963-kdf.ts';

const MIN_RSA_BITS = 2048;
const CURVES: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);
/** AES-256, in bytes. */
const KEK_LENGTH = 32;

const SHA256 = algorithmIdentifier(OID.sha256, nullValue());
const OAEP_SHA256 = algorithmIdentifier(
  OID.rsaesOaep,
  sequence(context(0, SHA256), context(1, algorithmIdentifier(OID.mgf1, SHA256))),
);
const AES256_WRAP = algorithmIdentifier(OID.aes256Wrap);
const ECDH_SHA256 = algorithmIdentifier(OID.stdDhSha256Kdf, AES256_WRAP);
const EC_PUBLIC_KEY = algorithmIdentifier(OID.ecPublicKey);
const SHARED_INFO = eccCmsSharedInfo(AES256_WRAP, null, KEK_LENGTH);

/**
 * RecipientInfo for one certificate: KeyTransRecipientInfo with RSAES-OAEP (RFC 3560), or KeyAgreeRecipientInfo with
 * ephemeral-static ECDH (RFC 5753), both by subjectKeyIdentifier, so that the wire shows no names.
 * @throws RECIPIENT_REFUSED for RSA under 2048 bits, other curves and other kinds of key
 */
export function buildRecipientInfo(certificate: Certificate, cek: Buffer): Buffer {
  const { publicKey } = certificate;
  const details = publicKey.asymmetricKeyDetails;
  const bits = details?.modulusLength ?? 0;
  if (publicKey.asymmetricKeyType === 'rsa' && bits >= MIN_RSA_BITS) {
    return keyTransport(publicKey, certificate.subjectKeyId, cek);
  }
  const curve = details?.namedCurve ?? '';
  if (publicKey.asymmetricKeyType === 'ec' && CURVES.has(curve)) return keyAgreement(certificate, curve, cek);
  throw new AppError('RECIPIENT_REFUSED', {
    certificate: certificate.sha256,
    algorithm: details?.namedCurve ?? (bits > 0 ? `RSA-${bits}` : (publicKey.asymmetricKeyType ?? 'unknown')),
  });
}

function keyTransport(publicKey: KeyObject, subjectKeyId: Buffer, cek: Buffer): Buffer {
  const encryptedKey = publicEncrypt(
    { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    cek,
  );
  return sequence(integer(2), contextPrimitive(0, subjectKeyId), OAEP_SHA256, octetString(encryptedKey));
}

function keyAgreement({ publicKey, subjectKeyId }: Certificate, curve: string, cek: Buffer): Buffer {
  const ephemeral = generateKeyPairSync('ec', { namedCurve: curve });
  const secret = diffieHellman({ privateKey: ephemeral.privateKey, publicKey });
  const kek = x963Kdf('sha256', secret, SHARED_INFO, KEK_LENGTH);
  secret.fill(0);
  const encryptedKey = wrapKey(kek, cek);
  kek.fill(0);
  const originatorKey = context(1, EC_PUBLIC_KEY, bitString(publicPoint(ephemeral.publicKey)));
  return context(
    1,
    integer(3),
    context(0, originatorKey),
    ECDH_SHA256,
    sequence(sequence(context(0, octetString(subjectKeyId)), octetString(encryptedKey))),
  );
}
