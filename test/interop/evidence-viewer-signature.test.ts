import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signViewer } from '../../build/sign-viewer.ts';
import { hasTool, run } from './foreign-tool.ts';

let folder = '';
const { privateKey } = generateKeyPairSync('ed25519');
const page = (): string => join(folder, 'evidence-viewer.html');
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lexpost-signed-page-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verify = (): number | null =>
  run('openssl', [
    ...['pkeyutl', '-verify', '-pubin', '-inkey', join(folder, 'release.pub'), '-rawin'],
    ...['-in', page(), '-sigfile', `${page()}.sig`],
  ]).status;

describe.skipIf(!hasTool('openssl'))('the signature of the evidence page', () => {
  test('does not verify with OpenSSL, or still does once the page is another', () => {
    writeFileSync(page(), '<!doctype html>\n<title>x</title>\n');
    signViewer(page(), privateKey);
    expect(verify()).toBe(0);
    writeFileSync(page(), '<!doctype html>\n<title>y</title>\n');
    expect(verify()).not.toBe(0);
  });

  test('is made of what is no page, or by a key of another kind', () => {
    writeFileSync(page(), 'DSSEv1 1 x');
    expect(() => signViewer(page(), privateKey)).toThrow('no page');
    writeFileSync(page(), '<!doctype html>\n');
    expect(() => signViewer(page(), generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)).toThrow('Ed25519');
  });
});
