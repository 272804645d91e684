import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseSignedData } from '../../electron/packages/cms/parse-signed-data.ts';
import { decryptToBuffer } from '../fixtures/decrypt-to-buffer.ts';
import { vectorsRoot } from './vectors.ts';

const root = vectorsRoot();
const read = (name: string) => readFileSync(join(root ?? '', 'gm', name));
const envelope = 'pkcs7_envelope_test.TestOpenEnvelopedMessageWithSubjectKeyID';

// SM2, SM3 and SM4 are not in Electron's BoringSSL: said by name, so that the counterpart can be asked for something
// else
describe.skipIf(root === null)('GM/T 0010 messages (3 files)', () => {
  test('SM2 SignedData is taken for malformed instead of being refused by name', () => {
    expect(() => parseSignedData(read('cfca_pkcs7_sign_test.sadkSignedData.der'))).toThrow(
      expect.objectContaining({
        code: 'SIGNATURE_ALGORITHM_REFUSED',
        params: { algorithm: 'SM SignedData (GB/T 35275)' },
      }),
    );
  });

  test.each([`${envelope}.1.pem`, `${envelope}.3.pem`])(
    '%s: an SM2 envelope is taken for malformed instead of being refused by name',
    async (file) => {
      await expect(decryptToBuffer(read(file), [])).rejects.toMatchObject({
        code: 'PACKAGE_ALGORITHM_REFUSED',
        params: { algorithm: 'SM EnvelopedData (GB/T 35275)' },
      });
    },
  );
});
