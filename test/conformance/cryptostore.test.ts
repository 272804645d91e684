import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LocalRecipientKey } from '../../electron/packages/cms/unwrap-content-key.ts';
import { readCertificates } from '../../electron/pki/read-certificates.ts';
import { isAppError } from '../../shared/errors.ts';
import { decryptToBuffer } from '../fixtures/decrypt-to-buffer.ts';
import { runSuite, vectorsRoot } from './vectors.ts';

const root = vectorsRoot();
const folder = join(root ?? '', 'cryptostore');
const read = (name: string) => readFileSync(join(folder, name));
const files = root === null ? [] : readdirSync(folder).filter((name) => name.endsWith('.der'));

function keyOf(file: string): LocalRecipientKey {
  const kind = file.includes('-kari-') ? 'ecdsa-p256' : 'rsa';
  const [certificate] = readCertificates(read(`${kind}-self-signed-cert.pem`));
  if (certificate === undefined) throw new Error('no certificate');
  return { certificate, key: createPrivateKey(read(`${kind}-unencrypted-pkcs8.pem`)) };
}

/** The plaintext, or the code of the refusal. */
async function outcome(file: string, allowLegacy: boolean): Promise<string> {
  try {
    const opened = await decryptToBuffer(read(file), [keyOf(file)], { policy: { allowLegacy } });
    return opened?.content.toString() ?? 'not a recipient';
  } catch (error) {
    if (!isAppError(error)) throw error;
    return `${error.code} ${error.params['algorithm'] ?? ''}`;
  }
}

describe.skipIf(root === null)(`cryptostore EnvelopedData (${files.length} files)`, () => {
  test('a message of another writer does not open with the legacy switch, or a listed one does', async () => {
    const outcomes = await Promise.all(files.map(async (file) => [file, await outcome(file, true)] as const));
    const result = runSuite(
      'cryptostore',
      outcomes,
      ([file]) => file,
      ([, text]) => (text === 'hello, world\r\n' ? null : text),
    );
    expect(result).toMatchObject({ total: 77, unexpected: [], stale: [] });
  });

  test('without the switch an old algorithm opens, or is refused as if the message were altered', async () => {
    const outcomes = await Promise.all(files.map((file) => outcome(file, false)));
    expect(outcomes.filter((text) => text === 'hello, world\r\n')).toHaveLength(12);
    const others = outcomes.filter((text) => text !== 'hello, world\r\n');
    expect(others.every((text) => /^(PACKAGE|KEY)_ALGORITHM_REFUSED /.test(text))).toBe(true);
  });
});
