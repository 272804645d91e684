import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flipBit } from '../fixtures/stored-zip.ts';
import { hasTool, mustRun, run } from './foreign-tool.ts';
import { createSamples, type Sample } from './sealed-samples.ts';

const samples = await createSamples();
afterAll(() => samples.close());

const each = samples.packages.map((sample) => [sample.name, sample] as const);
const spoiledManifest = ({ name, manifestFile }: Sample) =>
  samples.file(`${name}-bad.xml`, flipBit(readFileSync(manifestFile), 300));

describe.skipIf(!hasTool('certtool'))('certtool (GnuTLS)', () => {
  const verify = (signature: string, content: string, anchor: string) =>
    run('certtool', [
      ...['--p7-verify', '--inder', '--infile', signature],
      ...['--load-data', content, '--load-ca-certificate', anchor],
    ]);

  test.each(each)('%s: the signature verifies', (_name, sample) => {
    const { status, text } = verify(sample.signatureFile, sample.manifestFile, samples.anchorFile);
    expect(text).toContain('Signature status: ok');
    expect(status).toBe(0);
  });

  test.each(each)('%s: a manifest with one bit turned does not verify', (_name, sample) => {
    const { text } = verify(sample.signatureFile, spoiledManifest(sample), samples.anchorFile);
    expect(text).not.toContain('Signature status: ok');
    expect(text).toContain('verification failed');
  });
});

describe.skipIf(!hasTool('cmsutil') || !hasTool('certutil'))('cmsutil (NSS)', () => {
  const database = samples.file('nss');
  beforeAll(() => {
    mkdirSync(database);
    mustRun('certutil', ['-N', '-d', database, '--empty-password']);
    mustRun('certutil', ['-A', '-d', database, '-n', 'anchor', '-t', 'CT,C,C', '-a', '-i', samples.anchorFile]);
  });
  // It exits 0 on a tampered message: what it says counts
  const verify = (signature: string, content: string) =>
    run('cmsutil', ['-D', '-d', database, '-h', '1', '-u', '4', '-i', signature, '-c', content]).text;

  test.each(each)('%s: the signature verifies', (_name, sample) => {
    expect(verify(sample.signatureFile, sample.manifestFile)).toContain('signer0.status=GoodSignature');
  });

  test.each(each)('%s: a manifest with one bit turned does not verify', (_name, sample) => {
    const text = verify(sample.signatureFile, spoiledManifest(sample));
    expect(text).not.toContain('GoodSignature');
    expect(text).toContain('DigestMismatch');
  });
});

describe.skipIf(!hasTool('gpgsm') || !hasTool('gpgconf'))('gpgsm (GnuPG)', () => {
  const home = samples.file('gnupg');
  const gpgsm = (...args: string[]) => run('gpgsm', ['--homedir', home, ...args]);
  beforeAll(() => {
    mkdirSync(home, { mode: 0o700 });
    samples.file('gnupg/trustlist.txt', `${new X509Certificate(samples.anchor.certificate.der).fingerprint} S relax\n`);
    // Else it would fetch CRLs
    samples.file('gnupg/gpgsm.conf', 'disable-crl-checks\nbatch\n');
    mustRun('gpgsm', ['--homedir', home, '--import', samples.anchorFile]);
  });
  afterAll(() => {
    run('gpgconf', ['--homedir', home, '--kill', 'all']);
  });

  test.each(each)('%s: the signature verifies', (_name, sample) => {
    expect(gpgsm('--verify', sample.signatureFile, sample.manifestFile).text).toContain('Good signature');
  });

  test.each(each)('%s: a manifest with one bit turned does not verify', (_name, sample) => {
    const { status, text } = gpgsm('--verify', sample.signatureFile, spoiledManifest(sample));
    expect(text).not.toContain('Good signature');
    expect(status).not.toBe(0);
  });
});

const vectors = process.env['LEXPOST_VECTORS'] ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url));
const schema = `${vectors}/eu-dss/en_31916201v010101.xsd`;

describe.skipIf(!hasTool('xmllint') || !existsSync(schema))('xmllint with the schema of ETSI EN 319 162-1', () => {
  // The schema names the one of XML signatures by an address on the network
  const local = samples.file(
    'manifest.xsd',
    existsSync(schema)
      ? readFileSync(schema, 'utf8').replace(/"[^"]*\/(xmldsig-core-schema\.xsd)"/, `"${vectors}/eu-dss/$1"`)
      : '',
  );
  const validate = (file: string) => run('xmllint', ['--noout', '--nonet', '--schema', local, file]);

  test.each(each)('%s: the manifest validates', (_name, sample) => {
    expect(validate(sample.manifestFile)).toMatchObject({ status: 0 });
  });

  test('a manifest without its SigReference does not', () => {
    const manifest = readFileSync(samples.packages[0]?.manifestFile ?? '', 'utf8');
    const without = samples.file('no-reference.xml', manifest.replace(/<[\w:]*SigReference[^>]*>/, ''));
    expect(validate(without).status).not.toBe(0);
  });
});
