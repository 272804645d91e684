import { createDecipheriv } from 'node:crypto';
import rc2 from 'node-forge/lib/rc2.js';
import forgeUtil from 'node-forge/lib/util.js';
import { Asn1Error } from '../asn1/der-reader.ts';
import type { EncryptionScheme } from './encryption-scheme.ts';
import { deriveKey, formsFor, type WorkBudget } from './key-derivation.ts';
import type { PasswordForms } from './password-forms.ts';
import { PURPOSE } from './pkcs12-kdf.ts';

/** Bytes; whole blocks. */
const RC2_PIECE = 1024;

/**
 * The plaintext under the first form of the password that gives a SEQUENCE with right padding, or null where none
 * does. The caller zeroes it. CBC proves nothing: only the MAC over the file does.
 */
export function decryptSequence(
  scheme: EncryptionScheme,
  ciphertext: Buffer,
  forms: PasswordForms,
  budget: WorkBudget,
): Buffer | null {
  if (ciphertext.length === 0 || ciphertext.length % scheme.cipher.blockLength !== 0) {
    throw new Asn1Error('ciphertext is not whole blocks');
  }
  for (const password of formsFor(scheme.kdf, forms)) {
    const padded = decryptBlocks(scheme, ciphertext, password, budget);
    const plaintext = removePadding(padded, scheme.cipher.blockLength);
    if (plaintext !== null && startsSequence(plaintext)) return plaintext;
    padded.fill(0);
  }
  return null;
}

function decryptBlocks(scheme: EncryptionScheme, ciphertext: Buffer, password: Buffer, budget: WorkBudget): Buffer {
  const { cipher, kdf } = scheme;
  const key = deriveKey(kdf, password, { purpose: PURPOSE.encryptionKey, length: cipher.keyLength }, budget);
  try {
    const want = { purpose: PURPOSE.initializationVector, length: cipher.blockLength };
    const iv = scheme.iv ?? deriveKey(kdf, password, want, budget);
    if (cipher.node === null) return decryptRc2(key, iv, ciphertext);
    const expanded = cipher.node === 'des-ede3-cbc' ? expandTripleDesKey(key) : key;
    const decipher = createDecipheriv(cipher.node, expanded, iv).setAutoPadding(false);
    const plaintext = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
    expanded.fill(0);
    return plaintext;
  } finally {
    key.fill(0);
  }
}

/** Two-key triple DES repeats its first key. */
function expandTripleDesKey(key: Buffer): Buffer {
  return key.length === 24 ? Buffer.from(key) : Buffer.concat([key, key.subarray(0, 8)]);
}

/** In pieces: node-forge takes time by the square of its input, minutes for what a file may hold. */
function decryptRc2(key: Buffer, iv: Buffer, ciphertext: Buffer): Buffer {
  const cipher = rc2.createDecryptionCipher(key.toString('latin1'), 8 * key.length);
  const plaintext = Buffer.alloc(ciphertext.length);
  for (let at = 0; at < ciphertext.length; at += RC2_PIECE) {
    const previous = at === 0 ? iv : ciphertext.subarray(at - 8, at);
    cipher.start(previous.toString('latin1'));
    cipher.update(forgeUtil.createBuffer(ciphertext.subarray(at, at + RC2_PIECE).toString('latin1')));
    cipher.finish(() => true);
    plaintext.write(cipher.output.getBytes(), at, 'latin1');
  }
  return plaintext;
}

/** PKCS#7 padding (RFC 8018, 6.1.1), or null where it is wrong. */
function removePadding(padded: Buffer, blockLength: number): Buffer | null {
  const count = padded.at(-1) ?? 0;
  if (count === 0 || count > blockLength || count > padded.length) return null;
  const end = padded.length - count;
  return padded.subarray(end).every((byte) => byte === count) ? padded.subarray(0, end) : null;
}

/** Whether a SEQUENCE fills `bytes`, in DER or BER: what a wrong key gives passes with a chance of about 2^-16. */
function startsSequence(bytes: Buffer): boolean {
  const [tag, first] = bytes;
  if (tag !== 0x30 || first === undefined) return false;
  if (first < 0x80) return bytes.length === 2 + first;
  if (first === 0x80) return bytes.length >= 4 && bytes.readUInt16BE(bytes.length - 2) === 0;
  const count = first & 0x7f;
  return count <= 4 && bytes.length >= 2 + count && bytes.length === 2 + count + bytes.readUIntBE(2, count);
}
