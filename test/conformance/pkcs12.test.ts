import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readOnly } from '../../electron/pki/asn1/der-reader.ts';
import { decryptSequence } from '../../electron/pki/pkcs12/decrypt.ts';
import { readEncryptionScheme } from '../../electron/pki/pkcs12/encryption-scheme.ts';
import { passwordForms } from '../../electron/pki/pkcs12/password-forms.ts';
import { asPkcs12Errors } from '../../electron/pki/pkcs12/pkcs12-errors.ts';
import { loadPrivateKeyInfo } from '../../electron/pki/pkcs12/private-key-info.ts';
import { type Pkcs12, readPkcs12 } from '../../electron/pki/pkcs12/read-pkcs12.ts';
import { readEncryptedPrivateKeyInfo } from '../../electron/pki/pkcs12/safe-contents.ts';
import { isAppError } from '../../shared/errors.ts';
import { runSuite, type SuiteResult, vectorsRoot } from './vectors.ts';

const root = vectorsRoot();
const path = (...parts: string[]) => join(root ?? '', ...parts);
const read = (...parts: string[]) => readFileSync(path(...parts));

const RUSTCRYPTO = ['rustcrypto-formats', 'pkcs12', 'tests', 'examples'];
const PKCS5 = ['rustcrypto-formats', 'pkcs5', 'tests', 'examples'];
const PKCS8 = ['rustcrypto-formats', 'pkcs8', 'tests', 'examples'];
const LEGACY = { allowLegacy: true };
const UNLIMITED = { iterationsLeft: Number.POSITIVE_INFINITY };

interface Case {
  readonly name: string;
  /** null, or what differs. */
  readonly run: () => string | null;
}

function runCases(suite: string, cases: readonly Case[]): SuiteResult {
  return runSuite(
    suite,
    cases,
    ({ name }) => name,
    (one) => one.run(),
  );
}

/** What `use` gives, or the code of its refusal with the algorithm where one is named. */
function outcome<T>(use: () => T): { readonly value: T } | { readonly refusal: string } {
  try {
    return { value: asPkcs12Errors(use) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { refusal: [error.code, error.params['algorithm']].filter((part) => part !== undefined).join(' ') };
  }
}

function refusalOf(use: () => unknown): string | null {
  const result = outcome(use);
  return 'refusal' in result ? result.refusal : null;
}

interface IndexRow {
  readonly file: string;
  readonly pw?: string;
  readonly openssl30: string;
  readonly pyca48: string;
  readonly certtool: string;
}

const TOOLS = ['openssl30', 'pyca48', 'certtool'] as const;

function indexCases(): Case[] {
  const rows = JSON.parse(read('p12-index.json').toString('utf8')) as readonly IndexRow[];
  return rows.flatMap((row) => {
    // The password of a file that no tool opened stands nowhere: its neighbours all have this one
    const refusal = refusalOf(() => readPkcs12(read(row.file), row.pw ?? '1234', LEGACY));
    return TOOLS.map((tool) => ({
      name: `${tool}: ${row.file}`,
      run: () => ((row[tool] === 'ok') === (refusal === null) ? null : `${row[tool]}, here ${refusal ?? 'ok'}`),
    }));
  });
}

function privateKey(...parts: string[]): KeyObject {
  const bytes = read(...parts);
  return createPrivateKey(bytes[0] === 0x30 ? { key: bytes, format: 'der', type: 'pkcs8' } : bytes);
}

function keyCases(): Case[] {
  const validKey = privateKey(...RUSTCRYPTO, 'ValidCertificatePathTest1EE.key');
  const exampleKey = privateKey(...RUSTCRYPTO, 'key.pem');
  const files = readdirSync(path(...RUSTCRYPTO)).filter((file) => /\.(p12|pfx)$/.test(file));
  // Example 11 has a MAC that is refused; 15 is a certificate alone
  const withKey = files.filter((file) => file !== 'example11.pfx' && file !== 'example15.pfx');
  return withKey.map((file) => ({
    name: file,
    run: () => {
      const password = file.startsWith('Valid') ? 'password' : file === 'example.pfx' ? '' : '1234';
      const expected = file.startsWith('Valid') || file === 'example7.pfx' ? validKey : exampleKey;
      const p12 = readPkcs12(read(...RUSTCRYPTO, file), password, LEGACY);
      return p12?.entries.length === 1 && p12.entries[0]?.key.equals(expected) === true ? null : 'another key';
    },
  }));
}

/** `name-2-3-pwd.p12`: which of the key's certificate (1) and two others have names; `all` and `unicode`: every one. */
function nameCases(): Case[] {
  const files = readdirSync(path('pyca', 'pkcs12')).filter((file) => /^(no-)?name/.test(file));
  return files.map((file) => ({
    name: file,
    run: () => {
      const p12 = readPkcs12(read('pyca', 'pkcs12', file), file.includes('no-pwd') ? '' : 'password');
      const expected = file.includes('unicode') ? '☺' : /^name-(1|all)-/.test(file) ? 'name' : null;
      const found = p12?.entries.map(({ friendlyName }) => friendlyName);
      return found?.length === 1 && found[0] === expected ? null : `${expected} expected, ${String(found)} found`;
    },
  }));
}

function decryptKey(bytes: Buffer, password: string): KeyObject | null {
  const { encryption, ciphertext } = readEncryptedPrivateKeyInfo(readOnly(bytes));
  const plaintext = decryptSequence(encryption, ciphertext, passwordForms(password), { ...UNLIMITED });
  return plaintext === null ? null : loadPrivateKeyInfo(plaintext, LEGACY);
}

function sameKey(use: () => KeyObject | null, expected: KeyObject): string | null {
  const result = outcome(use);
  if ('refusal' in result) return result.refusal;
  return result.value?.equals(expected) === true ? null : 'another key or none';
}

function pkcs5Cases(): Case[] {
  const key = privateKey(...PKCS5, 'rsa_sk.pkcs1.pem');
  const plain = read(...PKCS5, 'rsa_sk.pkcs8.der');
  const files = readdirSync(path(...PKCS5));
  const encryptedKeys = files.filter((file) => /^rsa_sk_.*\.der$/.test(file));
  const ciphertexts = files.filter((file) => file.endsWith('_ciphertext.bin'));
  return [
    ...encryptedKeys.map((file) => ({
      name: file,
      run: () => sameKey(() => decryptKey(read(...PKCS5, file), 'hunter2'), key),
    })),
    ...ciphertexts.map((file) => ({
      name: file,
      run: () => {
        const scheme = readEncryptionScheme(readOnly(read(...PKCS5, file.replace('ciphertext.bin', 'algid.der'))));
        const plaintext = decryptSequence(scheme, read(...PKCS5, file), passwordForms('hunter2'), { ...UNLIMITED });
        return plaintext?.equals(plain) === true ? null : 'another plaintext';
      },
    })),
    {
      name: 'pbes2_aes-256-cbc_hmacWithSHA256_algid-no-param.der',
      run: () => {
        const bytes = read(...PKCS5, 'pbes2_aes-256-cbc_hmacWithSHA256_algid-no-param.der');
        const { kdf } = readEncryptionScheme(readOnly(bytes));
        return kdf.name === 'PBKDF2' && kdf.prf === 'sha256' ? null : 'another KDF';
      },
    },
  ];
}

function pkcs8Cases(): Case[] {
  const ed25519 = privateKey(...PKCS8, 'ed25519-priv-pkcs8v1.pem');
  // RFC 8410, 10.3: the octets of the key and of its public half, which stand beside each other in the file
  const version2 = read(...PKCS8, 'ed25519-priv-pkcs8v2.der');
  const d = version2.subarray(16, 48).toString('base64url');
  const x = version2.subarray(-32).toString('base64url');
  const ed25519v2 = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });
  const files = readdirSync(path(...PKCS8)).filter((file) => file.endsWith('.der') && file.includes('priv'));
  return files.map((file) => ({
    name: file,
    run: () => {
      const bytes = read(...PKCS8, file);
      if (file.includes('encpriv')) return sameKey(() => decryptKey(bytes, 'hunter42'), ed25519);
      const result = outcome(() => loadPrivateKeyInfo(bytes, LEGACY));
      if ('refusal' in result) return result.refusal;
      const expected = file.endsWith('v2.der') ? ed25519v2 : privateKey(...PKCS8, file.replace('.der', '.pem'));
      return result.value.equals(expected) ? null : 'another key';
    },
  }));
}

function nssCases(): Case[] {
  return ['Fran.p12', 'Fran-ec.p12'].map((file) => ({
    name: file,
    run: () => {
      const p12: Pkcs12 | null = readPkcs12(read('nss', file), 'nss');
      const certificate = p12?.entries[0]?.certificate;
      return certificate?.commonName === 'Fran' ? null : `the certificate of ${certificate?.subjectText}`;
    },
  }));
}

function gmCases(): Case[] {
  const files = readdirSync(path('gm')).filter((file) =>
    /^cfca_pkcs12_.*(\.der|TestParseSM2\.2\.pem|v2exKeyPem.*)$/.test(file),
  );
  return files.map((file) => ({
    name: file,
    run: () => {
      const refusal = refusalOf(() => readPkcs12(read('gm', file), '123456'));
      return refusal === 'P12_ALGORITHM_REFUSED SM2' ? null : `here ${refusal}`;
    },
  }));
}

describe.skipIf(root === null)('PKCS#12 vectors (7 sets)', () => {
  test.each([
    ['pkcs12', 'a file that OpenSSL, pyca or GnuTLS opens is refused, or the other way round', indexCases, 200],
    ['pkcs12-keys', 'another key comes out than went in', keyCases, 15],
    ['pkcs12-names', 'a friendlyName is lost or given to another entry', nameCases, 14],
    ['pkcs5', 'PBES2 decrypts to something else', pkcs5Cases, 31],
    ['pkcs8', 'a key is not loaded', pkcs8Cases, 12],
    ['pkcs12-nss', "NSS's own files are not read", nssCases, 2],
    ['pkcs12-gm', 'an SM2 key file is not refused by its name', gmCases, 6],
  ] as const)('%s: %s', (suite, _, cases, atLeast) => {
    const result = runCases(suite, cases());
    expect(result.total).toBeGreaterThanOrEqual(atLeast);
    expect(result.unexpected).toEqual([]);
    expect(result.stale).toEqual([]);
  });
});
