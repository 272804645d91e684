import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bufferSource } from '../../electron/files/bytes.ts';
import { buildSignedData } from '../../electron/packages/cms/build-signed-data.ts';
import { verifyCms } from '../../electron/packages/cms/verify-cms.ts';
import { decryptToBuffer } from '../fixtures/decrypt-to-buffer.ts';
import { createCmsFiles, type PairOnDisk } from './cms-files.ts';
import { hasTool, mustRun, run } from './foreign-tool.ts';

const files = createCmsFiles();
afterAll(() => files.close());

const content = randomBytes(5000);
const contentFile = files.file('content', content);
const ALGORITHMS = ['p256', 'p384', 'rsa3072'] as const;
const each = ALGORITHMS.flatMap((algorithm) => [[algorithm, true] as const, [algorithm, false] as const]);

async function expectVerified(bytes: Buffer, pair: PairOnDisk, detached: boolean): Promise<void> {
  const trust = { anchors: [pair.certificate], untrusted: [pair.certificate], revocation: 'off' } as const;
  const verify = (about?: Buffer) => verifyCms({ bytes, content: about && bufferSource(about), trust, at: new Date() });
  const verdict = await verify(detached ? content : undefined);
  expect(verdict).toMatchObject({ indication: 'TOTAL_PASSED', subIndication: null });
  if (!detached) expect(verdict.content?.equals(content)).toBe(true);
  expect((await verify(Buffer.from('another'))).indication).toBe('TOTAL_FAILED');
}

const sign = (pair: PairOnDisk, detached: boolean, about = content) => {
  const { der } = buildSignedData({ ...pair, chain: [], content: about, detached, signingTime: new Date() });
  return files.file(`${pair.name}.p7s`, der);
};

/** As old importers read it. */
function pkcs12(pair: PairOnDisk): string {
  const file = files.file(`${pair.name}.p12`);
  mustRun('openssl', [
    ...['pkcs12', '-export', '-inkey', pair.keyFile, '-in', pair.certificateFile, '-name', pair.name, '-out', file],
    ...['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1', '-passout', 'pass:x'],
  ]);
  return file;
}

describe.skipIf(!hasTool('certtool'))('certtool (GnuTLS)', () => {
  test.each(each)('%s, detached %s: verifies ours, we verify its', async (algorithm, detached) => {
    const pair = files.pair(algorithm, 'sign');
    const verify = ['--p7-verify', '--inder', '--infile', sign(pair, detached)];
    const about = detached ? ['--load-data', contentFile] : [];
    const { text } = mustRun('certtool', [...verify, ...about, '--load-ca-certificate', pair.certificateFile]);
    expect(text).toContain('Signature status: ok');

    const signed = files.file(`certtool-${pair.name}`);
    mustRun('certtool', [
      ...[detached ? '--p7-detached-sign' : '--p7-sign', '--p7-time', '--p7-include-cert'],
      ...['--load-certificate', pair.certificateFile, '--load-privkey', pair.keyFile],
      ...['--infile', contentFile, '--outfile', signed],
    ]);
    await expectVerified(readFileSync(signed), pair, detached);
  });
});

describe.skipIf(!hasTool('cmsutil') || !hasTool('pk12util') || !hasTool('openssl'))('cmsutil (NSS)', () => {
  const database = files.file('nss');
  const nss = (...args: string[]) => mustRun('cmsutil', [...args, '-d', database]);
  const addPair = (pair: PairOnDisk) => {
    mustRun('pk12util', ['-d', database, '-i', pkcs12(pair), '-W', 'x', '-K', '']);
    mustRun('certutil', ['-M', '-d', database, '-n', pair.name, '-t', 'CTu,Cu,Cu']);
  };
  beforeAll(() => {
    mkdirSync(database);
    mustRun('certutil', ['-N', '-d', database, '--empty-password']);
    for (const algorithm of ALGORITHMS) addPair(files.pair(algorithm, 'sign'));
    addPair(files.pair('rsa3072', 'encrypt'));
  });

  test.each(each)('%s, detached %s: verifies ours, we verify its', async (algorithm, detached) => {
    const pair = files.pair(algorithm, 'sign');
    const about = detached ? ['-c', contentFile] : [];
    // It exits 0 whatever it found
    const { text } = run('cmsutil', ['-D', '-d', database, '-h', '1', '-n', '-i', sign(pair, detached), ...about]);
    expect(text).toContain('signer0.status=GoodSignature');

    const signed = files.file(`nss-${pair.name}`);
    nss('-S', '-N', pair.name, '-G', '-Y', 'NONE', ...(detached ? ['-T'] : []), '-i', contentFile, '-o', signed);
    await expectVerified(readFileSync(signed), pair, detached);
  });

  // It envelopes for RSA alone
  test('we open what it enveloped, with its old algorithms', async () => {
    const pair = files.pair('rsa3072', 'encrypt');
    const message = files.file('nss-enveloped');
    nss('-E', '-r', pair.name, '-i', contentFile, '-o', message);
    const bytes = readFileSync(message);
    await expect(decryptToBuffer(bytes, [pair])).rejects.toMatchObject({ code: 'PACKAGE_ALGORITHM_REFUSED' });
    const opened = await decryptToBuffer(bytes, [pair], { policy: { allowLegacy: true } });
    expect(opened?.content.equals(content)).toBe(true);
  });
});

describe.skipIf(!hasTool('gpgsm') || !hasTool('gpgconf') || !hasTool('openssl'))('gpgsm (GnuPG)', () => {
  const home = files.file('gnupg');
  const options = ['--homedir', home];
  const fingerprint = (pair: PairOnDisk) => new X509Certificate(pair.certificate.der).fingerprint;
  const user = (pair: PairOnDisk) => fingerprint(pair).replaceAll(':', '');
  const gpgsm = (...args: string[]) => mustRun('gpgsm', [...options, ...args], { input: 'x\n' });
  beforeAll(() => {
    mkdirSync(home, { mode: 0o700 });
    files.file('gnupg/gpgsm.conf', 'disable-crl-checks\nbatch\nyes\npinentry-mode loopback\npassphrase-fd 0\n');
    files.file('gnupg/gpg-agent.conf', 'allow-loopback-pinentry\n');
    const pairs = [...ALGORITHMS.map((one) => files.pair(one, 'sign')), files.pair('rsa3072', 'encrypt')];
    files.file('gnupg/trustlist.txt', pairs.map((pair) => `${fingerprint(pair)} S relax\n`).join(''));
    for (const pair of pairs) {
      // It imports private keys of RSA alone
      if (pair.key.asymmetricKeyType === 'rsa') gpgsm('--import', pkcs12(pair));
      else gpgsm('--import', pair.certificateFile);
    }
  });
  afterAll(() => {
    run('gpgconf', ['--homedir', home, '--kill', 'all']);
  });

  test.each(each)('%s, detached %s: verifies ours', (algorithm, detached) => {
    const pair = files.pair(algorithm, 'sign');
    const about = detached ? [contentFile] : [];
    const { text } = gpgsm('--status-fd', '1', '--verify', sign(pair, detached), ...about);
    expect(text).toContain(`GOODSIG ${user(pair)}`);
    const other = sign(pair, detached, Buffer.from('another'));
    if (detached) expect(run('gpgsm', [...options, '--verify', other, contentFile]).status).not.toBe(0);
  });

  test.each([true, false])('RSA, detached %s: we verify its', async (detached) => {
    const pair = files.pair('rsa3072', 'sign');
    const signed = files.file(`gpgsm-${detached}`);
    gpgsm(detached ? '--detach-sign' : '--sign', '--local-user', user(pair), '--output', signed, contentFile);
    await expectVerified(readFileSync(signed), pair, detached);
    const armored = files.file(`gpgsm-${detached}.pem`);
    const form = [detached ? '--detach-sign' : '--sign', '--armor', '--local-user', user(pair)];
    gpgsm(...form, '--output', armored, contentFile);
    await expectVerified(readFileSync(armored), pair, detached);
  });

  test('RSA: we open what it encrypted, with PKCS #1 v1.5 as it does', async () => {
    const pair = files.pair('rsa3072', 'encrypt');
    for (const form of [[], ['--armor']]) {
      const message = files.file('gpgsm-encrypted');
      gpgsm('--encrypt', ...form, '--recipient', user(pair), '--output', message, contentFile);
      const opened = await decryptToBuffer(readFileSync(message), [pair], { policy: { allowLegacy: true } });
      expect(opened?.content.equals(content)).toBe(true);
    }
  });
});
