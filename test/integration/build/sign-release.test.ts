import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { judgeRelease } from '../../../electron/updates/judge-release.ts';
import { readPinnedKeys } from '../../../electron/updates/pinned-keys.ts';
import { createUpdateDesk } from '../../../electron/usecases/updates/update-desk.ts';
import { updateFromFile } from '../../../electron/usecases/updates/update-source.ts';
import { INSTALLED } from '../../fixtures/release-material.ts';

/** From an empty key file to an installer that lies ready, by the commands of electron/updates/RELEASE.md. */

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'lexpost-release-'));
const key = join(folder, 'release.pem');
const out = join(folder, 'out');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]): string =>
  execFileSync(process.execPath, ['build/start.mjs', 'sign-release', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, RELEASE_KEY_PASSPHRASE: 'offline' },
  });

test('a new key, a signed folder, an update that the app takes; openssl agrees on the signature', async () => {
  const printed = run('--new-key', key);
  expect(statSync(key).mode & 0o777).toBe(0o600);
  expect(readFileSync(key, 'utf8')).toContain('ENCRYPTED PRIVATE KEY');
  const pinned = readPinnedKeys(JSON.stringify({ channel: 'stable', keys: [printed.trim().split(' ').at(-1)] }));

  mkdirSync(out);
  writeFileSync(join(out, 'LexPost-0.2.0-linux-x64.deb'), 'an installer');
  writeFileSync(join(out, 'LexPost-0.2.0-win-arm64.exe'), 'another');
  writeFileSync(join(out, 'LexPost-0.1.9-linux-x64.deb'), 'an old one');
  writeFileSync(join(out, 'builder-debug.yml'), 'nothing to publish');
  const path = run('--key', key, '--release', '3', '--version', '0.2.0', out).trim();

  const options = { pinned, installed: INSTALLED, seen: 0, now: new Date() };
  const { release } = judgeRelease(readFileSync(path), options);
  expect(release.installers.map(({ platform, arch, kind }) => [platform, arch, kind])).toEqual([
    ['linux', 'x64', 'deb'],
    ['win32', 'arm64', 'nsis'],
  ]);
  const desk = createUpdateDesk({ folder: join(folder, 'app'), pinned, installed: INSTALLED, now: () => new Date() });
  await desk.take(updateFromFile(path));
  expect(readFileSync(await desk.checkReady(), 'utf8')).toBe('an installer');

  const envelope = JSON.parse(readFileSync(path, 'utf8')) as {
    payloadType: string;
    payload: string;
    signatures: { sig: string }[];
  };
  const payload = Buffer.from(envelope.payload, 'base64');
  const head = `DSSEv1 ${envelope.payloadType.length} ${envelope.payloadType} ${payload.length} `;
  writeFileSync(join(folder, 'signed'), Buffer.concat([Buffer.from(head), payload]));
  writeFileSync(join(folder, 'sig'), Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64'));
  const verify = ['pkeyutl', '-verify', '-inkey', key, '-passin', 'pass:offline', '-rawin'];
  const files = ['-in', join(folder, 'signed'), '-sigfile', join(folder, 'sig')];
  expect(execFileSync('openssl', [...verify, ...files], { encoding: 'utf8' })).toContain('Verified Successfully');
});

test('a key in the tree, no key, no number and no installer are refused', () => {
  const refusal = (...args: string[]): string => {
    try {
      return run(...args);
    } catch (error) {
      return String((error as { stderr: string }).stderr);
    }
  };
  expect(refusal('--new-key', join(ROOT, 'release.pem'))).toContain('lies in the tree');
  expect(refusal('--release', '4', '--version', '0.2.0', out)).not.toContain('.lexpost-update\n');
  expect(refusal('--key', key, '--version', '0.2.0', out)).toContain('release');
  expect(refusal('--key', key, '--release', '4', '--version', '7.0.0', out)).toContain('no installer of version 7.0.0');
});
