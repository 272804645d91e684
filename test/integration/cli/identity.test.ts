import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createFurnishedDesk, type Desk, runLexpost, USCC } from '../../fixtures/lexpost-command.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await createFurnishedDesk();
}, 60_000);
afterAll(() => desk.remove());

const certificate = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  serial: z.string().regex(/^[0-9a-f]+$/),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  subjectKeyIdentifier: z.string().regex(/^[0-9a-f]+$/),
  key: z.string(),
  keyUsage: z.array(z.string()).nullable(),
  extendedKeyUsage: z.array(z.string()).nullable(),
  ca: z.boolean(),
  organizationIdentifier: z.string().nullable(),
});
const identity = {
  signing: certificate,
  encryption: certificate,
  chain: z.array(certificate),
  selfSigned: z.boolean(),
};
const office = ['--name', '某所', '--type', 'law-firm', '--uscc', USCC.firm, '--region', '340100'];

describe('identity create', () => {
  test('makes a self-signed trial identity without an issuer, readable by its owner alone', async () => {
    const { exit, document } = await desk.json(
      'identity',
      'create',
      ...office,
      '--out',
      'trial.p12',
      '--passphrase-file',
      'pw',
    );
    expect(exit).toBe(0);
    const schema = z.strictObject({
      ok: z.literal(true),
      file: z.string(),
      certificateFiles: z.object({}),
      ...identity,
    });
    const { signing, encryption, selfSigned, chain } = schema.parse(document);
    expect([selfSigned, chain]).toEqual([true, []]);
    expect(signing.keyUsage).toEqual(['digitalSignature', 'nonRepudiation']);
    expect(encryption.keyUsage).toEqual(['keyAgreement']);
    expect(signing.organizationIdentifier).toBe(USCC.firm);
    if (process.platform !== 'win32') expect((await stat(desk.path('trial.p12'))).mode & 0o777).toBe(0o600);
  });

  test('writes certificates beside it with --cert-out', async () => {
    const argv = [
      'identity',
      'create',
      ...office,
      '--out',
      'with.p12',
      '--cert-out',
      'with',
      '--passphrase-file',
      'pw',
    ];
    expect((await desk.run(...argv, '--issuer', 'ca.p12')).exit).toBe(0);
    expect(await readFile(desk.path('with-chain.pem'), 'utf8')).toBe(await readFile(desk.path('ca.pem'), 'utf8'));
    for (const role of ['signing', 'encryption']) {
      const { stdout } = await desk.run('identity', 'show', 'with.p12', '--pem', role, '--passphrase-file', 'pw');
      expect(await readFile(desk.path(`with-${role}.pem`), 'utf8')).toBe(stdout);
    }
  });

  test('refuses a code with a wrong check digit as usage, and leaves no file', async () => {
    const wrong = office.map((word) => (word === USCC.firm ? `${USCC.firm.slice(0, 17)}0` : word));
    const { exit, document } = await desk.json(
      'identity',
      'create',
      ...wrong,
      '--out',
      'w.p12',
      '--passphrase-file',
      'pw',
    );
    expect(exit).toBe(2);
    expect(document).toMatchObject({ ok: false, code: 'IDENTIFIER_INVALID', params: { field: 'uscc' } });
    expect(await readdir(desk.folder)).not.toContain('w.p12');
  });

  test('does not overwrite a key without --force', async () => {
    const before = await readFile(desk.path('firm.p12'));
    const { exit, document } = await desk.json(
      'identity',
      'create',
      ...office,
      '--out',
      'firm.p12',
      '--passphrase-file',
      'pw',
    );
    expect([exit, document['code']]).toEqual([5, 'FILE_EXISTS']);
    expect(await readFile(desk.path('firm.p12'))).toEqual(before);
  });

  test('writes no key when one of its certificate files exists', async () => {
    await writeFile(desk.path('taken-signing.pem'), '');
    const { exit } = await desk.run(
      'identity',
      'create',
      ...office,
      '--out',
      't.p12',
      '--cert-out',
      'taken',
      '--passphrase-file',
      'pw',
    );
    expect(exit).toBe(5);
    expect(await readdir(desk.folder)).not.toContain('t.p12');
  });

  test('refuses an issuer file without a CA key', async () => {
    const argv = ['identity', 'create', ...office, '--out', 'i.p12', '--issuer', 'firm.p12', '--passphrase-file', 'pw'];
    const { exit, document } = await desk.json(...argv);
    expect([exit, document['code']]).toEqual([1, 'KEY_MISSING']);
  });

  test('takes the passphrase from stdin too, and refuses an empty one', async () => {
    const argv = ['identity', 'create', ...office, '--out', 's.p12', '--passphrase-file', '-', '--json'];
    expect((await runLexpost(argv, { cwd: desk.folder, stdin: '\n' })).exit).toBe(2);
    expect((await runLexpost(argv, { cwd: desk.folder, stdin: 'x\n' })).exit).toBe(0);
  });
});

describe('identity show', () => {
  test('describes both pairs and their chain', async () => {
    const { exit, document } = await desk.json('identity', 'show', 'firm.p12', '--passphrase-file', 'pw');
    expect(exit).toBe(0);
    const shown = z.strictObject({ ok: z.literal(true), ...identity }).parse(document);
    expect(shown.chain.map(({ ca }) => ca)).toEqual([true]);
  });

  test.each([
    ['signing', 'firm-signing.pem'],
    ['encryption', 'firm-encryption.pem'],
    ['chain', 'ca.pem'],
  ])('writes the %s certificate alone as PEM', async (which, file) => {
    const { exit, stdout } = await desk.run('identity', 'show', 'firm.p12', '--pem', which, '--passphrase-file', 'pw');
    expect(exit).toBe(0);
    expect(stdout).toBe(await readFile(desk.path(file), 'utf8'));
  });

  test('ends with 1 for a wrong passphrase', async () => {
    await writeFile(desk.path('wrong'), 'wrong');
    const { exit, document } = await desk.json('identity', 'show', 'firm.p12', '--passphrase-file', 'wrong');
    expect([exit, document['code']]).toEqual([1, 'P12_PASSWORD_WRONG']);
  });

  test('ends with 2 where no passphrase can be asked for', async () => {
    const { exit, document } = await desk.json('identity', 'show', 'firm.p12');
    expect([exit, document['code']]).toEqual([2, 'USAGE']);
  });

  test('ends with 5 where the file is missing', async () => {
    const { exit, document } = await desk.json('identity', 'show', 'none.p12', '--passphrase-file', 'pw');
    expect([exit, document['code']]).toEqual([5, 'FILE_NOT_FOUND']);
  });
});

describe('identity create-ca', () => {
  test('makes what --issuer, --trust and --crl need', async () => {
    const argv = [
      'identity',
      'create-ca',
      '--name',
      '试用 CA',
      '--out',
      'new-ca.p12',
      '--cert-out',
      'new-ca.pem',
      '--crl-out',
      'new-ca.crl',
    ];
    const { exit, document } = await desk.json(...argv, '--passphrase-file', 'pw');
    expect(exit).toBe(0);
    const files = ['new-ca.p12', 'new-ca.pem', 'new-ca.crl'];
    expect(document).toMatchObject({
      ok: true,
      files,
      certificate: { ca: true, keyUsage: ['keyCertSign', 'cRLSign'] },
    });
    expect(await readFile(desk.path('new-ca.crl'), 'utf8')).toMatch(/^-----BEGIN X509 CRL-----/);
  });
});

describe('identity csr and import', () => {
  test('make an identity once the requests were answered', async () => {
    const { exit, document } = await desk.json('identity', 'csr', ...office, '--out', 'req', '--passphrase-file', 'pw');
    expect(exit).toBe(0);
    expect(document['files']).toEqual({
      keys: 'req-keys.p12',
      signing: 'req-signing.csr.pem',
      encryption: 'req-encryption.csr.pem',
    });
    expect(await readFile(desk.path('req-signing.csr.pem'), 'utf8')).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----/);
    const early = await desk.json('identity', 'import', 'req-keys.p12', '--passphrase-file', 'pw');
    expect([early.exit, early.document['code']]).toEqual([1, 'KEY_MISSING']);
  });

  test('store a foreign identity anew under another passphrase', async () => {
    await writeFile(desk.path('new'), 'new');
    const argv = [
      'identity',
      'import',
      'firm.p12',
      '--passphrase-file',
      'pw',
      '--out',
      'copy.p12',
      '--new-passphrase-file',
      'new',
    ];
    expect((await desk.run(...argv)).exit).toBe(0);
    const [original, copy] = [
      await desk.json('identity', 'show', 'firm.p12', '--passphrase-file', 'pw'),
      await desk.json('identity', 'show', 'copy.p12', '--passphrase-file', 'new'),
    ];
    expect(copy.document).toEqual(original.document);
  });
});

describe('p12 show', () => {
  test('says what lies open where nobody can be asked for a passphrase', async () => {
    const { exit, document } = await desk.json('p12', 'show', 'firm.p12');
    expect(exit).toBe(0);
    expect(document).toMatchObject({ ok: true, unlocked: false, legacy: [] });
  });

  test('lists keys and certificates with it', async () => {
    const { exit, stdout } = await desk.run('p12', 'show', 'firm.p12', '--passphrase-file', 'pw');
    expect(exit).toBe(0);
    expect(stdout).toContain('安徽徽正律师事务所');
  });

  test('ends with 1 for what is no PKCS#12', async () => {
    const { exit, document } = await desk.json('p12', 'show', 'form.json');
    expect([exit, document['code']]).toEqual([1, 'P12_MALFORMED']);
  });
});

describe('cert show', () => {
  test('describes every certificate of a file', async () => {
    const { exit, document } = await desk.json('cert', 'show', 'firm-signing.pem');
    expect(exit).toBe(0);
    const { certificates } = z
      .strictObject({ ok: z.literal(true), certificates: z.array(certificate) })
      .parse(document);
    expect(certificates.map(({ issuer }) => issuer)).toEqual(['CN=Trial CA,O=Trial CA,C=CN']);
  });

  test('ends with 1 for what is no certificate', async () => {
    const { exit, document } = await desk.json('cert', 'show', 'form.json');
    expect([exit, document['code']]).toEqual([1, 'CERTIFICATE_MALFORMED']);
  });
});
