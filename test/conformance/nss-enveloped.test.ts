import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LocalRecipientKey } from '../../electron/packages/cms/unwrap-content-key.ts';
import { readPkcs12 } from '../../electron/pki/pkcs12/read-pkcs12.ts';
import { decryptToBuffer } from '../fixtures/decrypt-to-buffer.ts';
import { runSuite, vectorsRoot } from './vectors.ts';

const root = vectorsRoot();
const folder = join(root ?? '', 'nss');
const files = root === null ? [] : readdirSync(folder).filter((name) => name.endsWith('.env'));

/** Beginning of the MD5 of what NSS's own test encrypted. */
const PLAINTEXT = 'ea797697';

function fran(): LocalRecipientKey[] {
  const p12 = readPkcs12(readFileSync(join(folder, 'Fran.p12')), 'nss');
  return (p12?.entries ?? []).flatMap(({ key, certificate }) => (certificate === null ? [] : [{ key, certificate }]));
}

/** Where no hash is named it is SHA-1, by the default of OAEP. */
const usesSha1 = (file: string) => !file.includes('hash');

describe.skipIf(root === null)(`NSS OAEP hash and MGF mixes (${files.length} files)`, () => {
  test('a mix of hashes does not open', async () => {
    const outcomes = await Promise.all(
      files.map(async (file) => {
        const bytes = readFileSync(join(folder, file));
        const policy = { allowLegacy: usesSha1(file) };
        const opened = await decryptToBuffer(bytes, fran(), { policy });
        return [
          file,
          createHash('md5')
            .update(opened?.content ?? '')
            .digest('hex'),
        ] as const;
      }),
    );
    const result = runSuite(
      'nss-enveloped',
      outcomes,
      ([file]) => file,
      ([, md5]) => (md5.startsWith(PLAINTEXT) ? null : md5),
    );
    expect(result).toMatchObject({ total: 5, unexpected: [], stale: [] });
  });

  test.each(files.filter(usesSha1))('%s opens without the legacy switch although it uses SHA-1', async (file) => {
    const bytes = readFileSync(join(folder, file));
    await expect(decryptToBuffer(bytes, fran())).rejects.toMatchObject({ code: 'PACKAGE_ALGORITHM_REFUSED' });
  });
});
