import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFurnishedDesk, type Desk, runLexpost, sealArguments } from '../../fixtures/lexpost-command.ts';
import { findCheck, verificationReport } from './verification-report.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await createFurnishedDesk();
  const { exit, stderr } = await desk.run(...sealArguments('x.p7m'));
  if (exit !== 0) throw new Error(stderr);
  await runLexpost(['cms', 'decrypt', 'x.p7m', ...key(), '--out', 'x.asice'], { cwd: desk.folder });
}, 60_000);
afterAll(() => desk.remove());

const key = (name = 'procuratorate') => ['--key', `${name}.p12`, '--passphrase-file', 'pw'];
const open = (file: string, ...more: string[]) => ['package', 'open', file, ...key(), '--trust', 'ca.pem', ...more];

async function altered(name: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  await writeFile(desk.path(name), change(await readFile(desk.path('x.p7m'))));
  return name;
}

describe('package open of a good package', () => {
  test('passes with a list that says the signer is not revoked, and extracts', async () => {
    const { exit, document } = await desk.json(...open('x.p7m', '--crl', 'ca.crl', '--out', 'good'));
    expect(exit).toBe(0);
    const report = verificationReport.parse(document);
    expect(report).toMatchObject({ ok: true, indication: 'TOTAL_PASSED', subIndication: null });
    expect(report.signers[0]).toMatchObject({ timestamp: null, revocation: { status: 'good' } });
    expect(report.documents.map(({ name }) => name)).toEqual(['委托书.pdf', 'empty.bin']);
    expect(await readdir(desk.path('good'))).toEqual(['1-委托书.pdf', '2-empty.bin']);
    expect(await readFile(desk.path('good/1-委托书.pdf'))).toEqual(await readFile(desk.path('委托书.pdf')));
  });

  test('says that no card was compared', async () => {
    const { document } = await desk.json(...open('x.p7m', '--crl', 'ca.crl'));
    expect(findCheck(document, 'sender-bound')).toBeNull();
  });

  test('opens for the sender too', async () => {
    const argv = ['package', 'open', 'x.p7m', ...key('firm'), '--trust', 'ca.pem', '--crl', 'ca.crl'];
    expect((await desk.run(...argv)).exit).toBe(0);
  });

  test('puts the verdict first in the language asked for, and nothing on stderr', async () => {
    const { exit, stdout, stderr } = await desk.run(...open('x.p7m', '--crl', 'ca.crl', '--lang', 'zh-CN'));
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^签名有效，截至 .*，来源 CRL。\n/);
  });

  test('does not look for revocation where told so', async () => {
    const { exit, document } = await desk.json(...open('x.p7m', '--revocation', 'off'));
    expect(exit).toBe(0);
    expect(verificationReport.parse(document).signers[0]?.revocation.status).toBe('not-checked');
  });

  test('says good as of its OCSP response, without a list', async () => {
    const { exit, stdout } = await desk.run(...open('x.p7m', '--ocsp', 'ca.ocsp'));
    expect(exit).toBe(0);
    expect(stdout).toMatch(/OCSP/);
  });
});

describe('package open of what cannot be decided', () => {
  test('ends with 4 without revocation data, and extracts nothing', async () => {
    const { exit, document } = await desk.json(...open('x.p7m', '--out', 'undecided'));
    expect(exit).toBe(4);
    const report = verificationReport.parse(document);
    expect(report).toMatchObject({
      ok: false,
      code: 'VERDICT_INDETERMINATE',
      subIndication: 'TRY_LATER',
      extracted: [],
    });
    expect(await readdir(desk.folder)).not.toContain('undecided');
  });

  test('extracts it with --extract-indeterminate, still with 4', async () => {
    const { exit } = await desk.run(...open('x.p7m', '--out', 'accepted', '--extract-indeterminate'));
    expect(exit).toBe(4);
    expect(await readdir(desk.path('accepted'))).toHaveLength(2);
  });

  test.each([
    ['a revoked signer', ['--crl', 'revoked.crl'], 'REVOKED_NO_POE'],
    ['a signer who is expired', ['--crl', 'ca.crl', '--at', '2045-01-01'], 'OUT_OF_BOUNDS_NO_POE'],
  ])('ends with 4 for %s', async (_name, more, subIndication) => {
    const { exit, document } = await desk.json(...open('x.p7m', ...more));
    expect([exit, document['subIndication']]).toEqual([4, subIndication]);
  });

  test('ends with 4 for a signer under another anchor', async () => {
    const argv = ['package', 'open', 'x.p7m', ...key(), '--trust', 'stranger-signing.pem'];
    const { exit, document } = await desk.json(...argv);
    expect([exit, document['subIndication'], document['code']]).toEqual([
      4,
      'NO_CERTIFICATE_CHAIN_FOUND',
      'SIGNER_NOT_TRUSTED',
    ]);
  });
});

describe('package open of a bad package', () => {
  test('ends with 3 where it is not for this key, without a report', async () => {
    const argv = ['package', 'open', 'x.p7m', ...key('stranger'), '--trust', 'ca.pem'];
    const { exit, document } = await desk.json(...argv);
    expect(exit).toBe(3);
    expect(Object.keys(document)).toEqual(['ok', 'code', 'params', 'text']);
    expect(document['code']).toBe('PACKAGE_NOT_FOR_ME');
  });

  test.each([
    ['a flipped bit in the content', 'PACKAGE_TAMPERED', (bytes: Buffer) => flip(bytes, bytes.length - 30_000)],
    ['a flipped bit in the tag', 'PACKAGE_TAMPERED', (bytes: Buffer) => flip(bytes, bytes.length - 1)],
    ['a missing end', 'PACKAGE_TRUNCATED', (bytes: Buffer) => bytes.subarray(0, -100)],
    ['another file', 'PACKAGE_MALFORMED', () => Buffer.from('not a package')],
  ])('ends with 1 for %s, in the shape of a report, and extracts nothing', async (_name, code, change) => {
    const file = await altered('bad.p7m', change);
    const { exit, document } = await desk.json(
      ...open(file, '--crl', 'ca.crl', '--out', 'bad', '--extract-indeterminate'),
    );
    expect(exit).toBe(1);
    expect(verificationReport.parse(document)).toMatchObject({
      ok: false,
      code,
      indication: 'TOTAL_FAILED',
      documents: [],
      message: null,
    });
    expect(await readdir(desk.folder)).not.toContain('bad');
  });

  test('ends with 2 for a missing trust anchor, 1 for a file that is none, 5 for a missing file', async () => {
    const without = await desk.json('package', 'open', 'x.p7m', ...key());
    const none = await desk.json('package', 'open', 'x.p7m', ...key(), '--trust', 'form.json');
    const missing = await desk.json(...open('nothing.p7m'));
    expect([without.exit, without.document['code']]).toEqual([2, 'USAGE']);
    expect([none.exit, none.document['code']]).toEqual([1, 'CERTIFICATE_MALFORMED']);
    expect([missing.exit, missing.document['code']]).toEqual([5, 'FILE_NOT_FOUND']);
  });
});

describe('extraction', () => {
  test('never writes over an existing file, and then writes none of the others', async () => {
    await mkdir(desk.path('kept'));
    await writeFile(desk.path('kept/2-empty.bin'), 'mine');
    const { exit, document } = await desk.json(...open('x.p7m', '--crl', 'ca.crl', '--out', 'kept'));
    expect([exit, document['code']]).toEqual([5, 'FILE_EXISTS']);
    expect(await readdir(desk.path('kept'))).toEqual(['2-empty.bin']);
    expect(await readFile(desk.path('kept/2-empty.bin'), 'utf8')).toBe('mine');
  });

  test('goes into a folder that exists', async () => {
    await mkdir(desk.path('there'));
    expect((await desk.run(...open('x.p7m', '--crl', 'ca.crl', '--out', 'there'))).exit).toBe(0);
    expect(await readdir(desk.path('there'))).toHaveLength(2);
  });
});

describe('package verify', () => {
  test('passes the container of the package, without recipients', async () => {
    const { exit, document } = await desk.json('package', 'verify', 'x.asice', '--trust', 'ca.pem', '--crl', 'ca.crl');
    expect(exit).toBe(0);
    expect(verificationReport.parse(document)).toMatchObject({
      indication: 'TOTAL_PASSED',
      container: { profile: 'lexpost' },
    });
    expect(findCheck(document, 'recipients')).toBeNull();
  });

  test('ends with 1 for a container with one altered byte', async () => {
    const bytes = await readFile(desk.path('x.asice'));
    await writeFile(desk.path('bad.asice'), flip(bytes, bytes.indexOf('%PDF')));
    const { exit, document } = await desk.json(
      'package',
      'verify',
      'bad.asice',
      '--trust',
      'ca.pem',
      '--crl',
      'ca.crl',
    );
    expect(exit).toBe(1);
    expect(verificationReport.parse(document)).toMatchObject({
      indication: 'TOTAL_FAILED',
      documents: [],
      message: null,
    });
  });

  test('ends with 1 for a file that is no container', async () => {
    expect((await desk.json('package', 'verify', 'form.json', '--trust', 'ca.pem')).exit).toBe(1);
  });
});

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
