import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCrls } from '../../electron/pki/crl.ts';
import { parseCsr } from '../../electron/pki/csr.ts';
import { loadPrivateKey } from '../../electron/pki/keys.ts';
import { readCertificates } from '../../electron/pki/read-certificates.ts';
import { isAppError } from '../../shared/errors.ts';
import { runSuite, vectorsRoot } from './vectors.ts';

const root = vectorsRoot();

type Read = (bytes: Buffer) => unknown;

/** Which reader a sample is for, by its name; null: nothing that LexPost reads (public keys alone, RFC 5914 trust anchors, scripts). */
function readerOf(name: string, passphrase: string): Read | null {
  if (/-pub\.|\.ta$|\.sh$|algid|ciphertext/.test(name)) return null;
  if (/-(enc)?prv?(iv)?[.-]|_sk[._]|-encpriv-|-priv/.test(name))
    return (bytes) => loadPrivateKey(bytes, Buffer.from(passphrase), { allowLegacy: true });
  if (/csr\./.test(name)) return parseCsr;
  if (/\.crl$/.test(name)) return readCrls;
  return readCertificates;
}

function read(folder: string, name: string, passphrase: string): string | null {
  try {
    readerOf(name, passphrase)?.(readFileSync(join(folder, name)));
    return null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return `${error.code} ${JSON.stringify(error.params)}`;
  }
}

describe.skipIf(root === null)('rustcrypto-formats samples (x509-cert, pkcs8, pkcs5)', () => {
  test.each([
    ['x509-cert', ''],
    ['pkcs8', 'hunter42'],
    ['pkcs5', 'hunter2'],
  ])('%s: a sample is not read', (crate, passphrase) => {
    const folder = join(root ?? '', 'rustcrypto-formats', crate, 'tests/examples');
    const names = readdirSync(folder).filter((name) => readerOf(name, passphrase) !== null);
    expect(names.length).toBeGreaterThan(10);
    const result = runSuite(
      `rustcrypto-${crate}`,
      names,
      (name) => name,
      (name) => read(folder, name, passphrase),
    );
    expect(result.unexpected).toEqual([]);
    expect(result.stale).toEqual([]);
  });
});
