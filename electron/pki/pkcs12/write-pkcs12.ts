import { createCipheriv, hash, type KeyObject, pbkdf2Sync, randomBytes } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import {
  context,
  contextPrimitive,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tlv,
} from '../asn1/der-writer.ts';
import type { Certificate } from '../certificate.ts';
import { OID } from '../oids.ts';
import { computeMac } from './mac-scheme.ts';
import { P12_OID } from './oids.ts';
import { bmpPassword } from './password-forms.ts';

export interface Pkcs12Contents {
  readonly entries: readonly {
    readonly key: KeyObject;
    readonly certificate: Certificate | null;
    /** Shown by other programs, and the alias in Java, which wants each one different. */
    readonly friendlyName?: string | null;
  }[];
  /** Others, such as the chain. */
  readonly certificates?: readonly Certificate[];
  /** Not empty. */
  readonly password: string;
  /** Of each KDF. Whoever tries passwords takes the cheapest, so MAC and encryption have the same. */
  readonly iterations?: number;
  readonly random?: (size: number) => Buffer;
}

/** Shared by the parts of one file. */
interface Protection {
  readonly password: Buffer;
  readonly iterations: number;
  readonly random: (size: number) => Buffer;
}

/** OWASP Password Storage Cheat Sheet, 2023, for PBKDF2-HMAC-SHA256. */
export const DEFAULT_ITERATIONS = 600_000;
const SALT_LENGTH = 16;

/**
 * A PKCS#12 that OpenSSL 3, Java 17, NSS, GnuTLS, macOS and Windows 10 (1709) open: PBES2 with PBKDF2-HMAC-SHA256 and
 * AES-256-CBC, HMAC-SHA-256 under the KDF of RFC 7292. Each localKeyId is the SHA-1 of its certificate, as OpenSSL does
 * it. Java opens no file whose password is not ASCII, whoever wrote it.
 * @throws USAGE for a password that is empty or no well-formed UTF-16, which not all readers take for the same octets.
 */
export function writePkcs12(contents: Pkcs12Contents): Buffer {
  const { password, iterations = DEFAULT_ITERATIONS, random = randomBytes } = contents;
  if (password === '' || !password.isWellFormed()) throw new AppError('USAGE', { reason: 'password' });
  const protection: Protection = { password: Buffer.from(password, 'utf8'), iterations, random };
  try {
    const authSafe = authenticatedSafe(contents, protection);
    return sequence(integer(3), dataContentInfo(authSafe), macData(authSafe, password, protection));
  } finally {
    protection.password.fill(0);
  }
}

/** Certificates encrypted together, keys each for itself: the arrangement of OpenSSL, which every reader knows. */
function authenticatedSafe({ entries, certificates = [] }: Pkcs12Contents, protection: Protection): Buffer {
  const certBags = [
    ...entries.flatMap(({ certificate, friendlyName }) =>
      certificate === null ? [] : [certBag(certificate, entryAttributes(certificate, friendlyName ?? null))],
    ),
    ...certificates.map((certificate) => certBag(certificate, [])),
  ];
  const keyBags = entries.map(({ key, certificate, friendlyName }) =>
    shroudedKeyBag(key, entryAttributes(certificate, friendlyName ?? null), protection),
  );
  const encrypted = certBags.length === 0 ? [] : [encryptedContentInfo(sequence(...certBags), protection)];
  return sequence(...encrypted, dataContentInfo(sequence(...keyBags)));
}

function dataContentInfo(content: Buffer): Buffer {
  return sequence(objectIdentifier(OID.data), context(0, octetString(content)));
}

/** ContentInfo of EncryptedData (RFC 2315, 13). */
function encryptedContentInfo(content: Buffer, protection: Protection): Buffer {
  const { algorithm, ciphertext } = encrypt(content, protection);
  const encryptedContent = sequence(objectIdentifier(OID.data), algorithm, contextPrimitive(0, ciphertext));
  return sequence(objectIdentifier(P12_OID.encryptedData), context(0, sequence(integer(0), encryptedContent)));
}

function safeBag(bagId: string, value: Buffer, attributes: readonly Buffer[]): Buffer {
  const attributeSet = attributes.length === 0 ? [] : [setOf(...attributes)];
  return sequence(objectIdentifier(bagId), context(0, value), ...attributeSet);
}

function certBag(certificate: Certificate, attributes: readonly Buffer[]): Buffer {
  const value = sequence(objectIdentifier(P12_OID.x509Certificate), context(0, octetString(certificate.der)));
  return safeBag(P12_OID.certBag, value, attributes);
}

function shroudedKeyBag(key: KeyObject, attributes: readonly Buffer[], protection: Protection): Buffer {
  const privateKeyInfo = key.export({ type: 'pkcs8', format: 'der' });
  const { algorithm, ciphertext } = encrypt(privateKeyInfo, protection);
  privateKeyInfo.fill(0);
  return safeBag(P12_OID.pkcs8ShroudedKeyBag, sequence(algorithm, octetString(ciphertext)), attributes);
}

function entryAttributes(certificate: Certificate | null, friendlyName: string | null): Buffer[] {
  const attribute = (type: string, value: Buffer) => sequence(objectIdentifier(type), setOf(value));
  return [
    ...(friendlyName === null ? [] : [attribute(P12_OID.friendlyName, bmpString(friendlyName))]),
    ...(certificate === null
      ? []
      : [attribute(P12_OID.localKeyId, octetString(hash('sha1', certificate.der, 'buffer')))]),
  ];
}

function bmpString(text: string): Buffer {
  return tlv(0x1e, Buffer.from(text.toWellFormed(), 'utf16le').swap16());
}

/** PBES2 (RFC 8018, 6.2). PBKDF2's keyLength is left out as OpenSSL does: the cipher fixes it. */
function encrypt(
  plaintext: Buffer,
  { password, iterations, random }: Protection,
): { readonly algorithm: Buffer; readonly ciphertext: Buffer } {
  const salt = random(SALT_LENGTH);
  const iv = random(16);
  const key = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  key.fill(0);
  const prf = sequence(objectIdentifier(P12_OID.hmacWithSHA256), nullValue());
  const kdf = sequence(objectIdentifier(OID.pbkdf2), sequence(octetString(salt), integer(iterations), prf));
  const encryption = sequence(objectIdentifier(P12_OID.aes256Cbc), octetString(iv));
  return { algorithm: sequence(objectIdentifier(OID.pbes2), sequence(kdf, encryption)), ciphertext };
}

function macData(authSafe: Buffer, password: string, { iterations, random }: Protection): Buffer {
  const salt = random(SALT_LENGTH);
  const bmp = bmpPassword(password);
  const kdf = { name: 'PKCS12', digest: 'sha256', salt, iterations } as const;
  const scheme = { kind: 'mac', digest: 'sha256', kdf, keyLength: 32 } as const;
  const mac = computeMac(scheme, authSafe, bmp, { iterationsLeft: Number.POSITIVE_INFINITY });
  bmp.fill(0);
  const digestInfo = sequence(sequence(objectIdentifier(OID.sha256), nullValue()), octetString(mac));
  return sequence(digestInfo, octetString(salt), integer(iterations));
}
