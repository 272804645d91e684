import { cursor, readBitString, readIntegerBytes, readOid, readOnly } from '../electron/pki/asn1/der-reader.ts';
import { OID } from '../electron/pki/oids.ts';
import { parseSignatureAlgorithm } from '../electron/pki/signature-algorithm.ts';

/** What the verifier's source reads of a public key, as node:crypto names it. */
export interface ViewerKey {
  readonly asymmetricKeyType: 'rsa' | 'rsa-pss' | 'ec' | 'ed25519';
  readonly asymmetricKeyDetails: {
    readonly modulusLength?: number;
    readonly publicExponent?: bigint;
    readonly namedCurve?: string;
    /** What a key of RSASSA-PSS may be used with alone (RFC 4055, 3.3); absent: with anything. */
    readonly hashAlgorithm?: string;
    /** At least so much. Bytes. */
    readonly saltLength?: number;
  };
  /** For WebCrypto. */
  readonly jwk: JsonWebKey | null;
  readonly raw: Buffer;
  readonly export: (options: { readonly format: 'der'; readonly type: 'spki' }) => Buffer;
}

/** Names of node:crypto and of WebCrypto, and octets of a coordinate. */
export const CURVES: Readonly<Record<string, { readonly node: string; readonly web: string; readonly size: number }>> =
  {
    '1.2.840.10045.3.1.7': { node: 'prime256v1', web: 'P-256', size: 32 },
    '1.3.132.0.34': { node: 'secp384r1', web: 'P-384', size: 48 },
    '1.3.132.0.35': { node: 'secp521r1', web: 'P-521', size: 66 },
  };

/** A SubjectPublicKeyInfo (RFC 5280, 4.1.2.7; RFC 3279, 5480, 8410). Throws where it is of no kind that is verified here. */
export function publicKeyOf(spki: Buffer): ViewerKey {
  const fields = cursor(readOnly(spki, 0x30));
  const whole = fields.next(0x30);
  const identifier = cursor(whole);
  const algorithm = readOid(identifier.next());
  const parameters = identifier.optional(0x06);
  const { bytes } = readBitString(fields.next());
  const common = { raw: bytes, export: () => Buffer.from(spki) };
  if (algorithm === OID.ecPublicKey) {
    const curve = CURVES[parameters === null ? '' : readOid(parameters)];
    if (curve === undefined) throw new Error('curve');
    return { ...common, asymmetricKeyType: 'ec', asymmetricKeyDetails: { namedCurve: curve.node }, jwk: null };
  }
  if (algorithm === '1.3.101.112') {
    return { ...common, asymmetricKeyType: 'ed25519', asymmetricKeyDetails: {}, jwk: null };
  }
  const isPss = algorithm === '1.2.840.113549.1.1.10';
  if (!isPss && algorithm !== '1.2.840.113549.1.1.1') throw new Error('key algorithm');
  const numbers = cursor(readOnly(bytes, 0x30));
  const modulus = unsigned(readIntegerBytes(numbers.next()));
  const exponent = unsigned(readIntegerBytes(numbers.next()));
  numbers.end();
  const limits = isPss && !identifier.done ? pssLimits(whole.raw) : {};
  const modulusLength = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  return {
    ...common,
    asymmetricKeyType: isPss ? 'rsa-pss' : 'rsa',
    asymmetricKeyDetails: { modulusLength, publicExponent: BigInt(`0x${exponent.toString('hex')}`), ...limits },
    jwk: { kty: 'RSA', n: toBase64Url(modulus), e: toBase64Url(exponent) },
  };
}

/** OpenSSL holds signatures to them, WebCrypto never sees them. */
function pssLimits(identifier: Buffer): Pick<ViewerKey['asymmetricKeyDetails'], 'hashAlgorithm' | 'saltLength'> {
  const allowed = parseSignatureAlgorithm(identifier, { allowLegacy: true });
  if (allowed.scheme !== 'pss') throw new Error('key algorithm');
  return { hashAlgorithm: allowed.digest, saltLength: allowed.saltLength };
}

function unsigned(integer: Buffer): Buffer {
  let start = 0;
  while (start < integer.length - 1 && integer[start] === 0) start++;
  return integer.subarray(start);
}

const toBase64Url = (bytes: Buffer): string =>
  bytes.toString('base64').replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
