import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createFurnishedDesk, type Desk, sealArguments } from '../../fixtures/lexpost-command.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await createFurnishedDesk();
  await mkdir(desk.path('folder'));
}, 60_000);
afterAll(() => desk.remove());

const hex = z.string().regex(/^[0-9a-f]{64}$/);

describe('package seal', () => {
  test('writes one package and says what it holds', async () => {
    const { exit, document } = await desk.json(...sealArguments('x.lexpost.p7m', '--doc-kind', 'power-of-attorney'));
    expect(exit).toBe(0);
    const schema = z.strictObject({
      ok: z.literal(true),
      file: z.literal('x.lexpost.p7m'),
      m: hex,
      id: z.uuidv7(),
      matter: z.uuidv7(),
      signatureDigest: hex,
      size: z.number(),
      documents: z.array(
        z.strictObject({ name: z.string(), kind: z.string(), mediaType: z.string(), size: z.number(), sha256: hex }),
      ),
      timestamp: z.strictObject({
        state: z.literal('none'),
        genTime: z.null(),
        authority: z.null(),
        source: z.null(),
        failed: z.tuple([]),
      }),
      senderCanRead: z.literal(true),
    });
    const sealed = schema.parse(document);
    expect(sealed.documents.map(({ name, kind, mediaType, size }) => [name, kind, mediaType, size])).toEqual([
      ['委托书.pdf', 'power-of-attorney', 'application/pdf', 15],
      ['empty.bin', 'attachment', 'application/octet-stream', 0],
    ]);
    expect((await readFile(desk.path('x.lexpost.p7m'))).length).toBe(sealed.size);
  });

  test('says nothing but its report on stdout and nothing on stderr', async () => {
    const { exit, stdout, stderr } = await desk.run(...sealArguments('quiet.p7m'));
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Signed and sealed to quiet\.p7m/);
  });

  test.each([
    ['a certificate that only signs', ['--to', 'firm-signing.pem'], 1, 'RECIPIENT_REFUSED'],
    ['a recipient file without a certificate', ['--to', 'form.json'], 1, 'CERTIFICATE_MALFORMED'],
    ['an attachment that is not there', ['--attach', 'none.pdf'], 5, 'FILE_NOT_FOUND'],
    ['an attachment that is a folder', ['--attach', 'folder'], 5, 'FILE_NOT_READABLE'],
    ['more kinds than attachments', ['--doc-kind', 'a', '--doc-kind', 'b', '--doc-kind', 'c'], 2, 'USAGE'],
    ['a timestamp authority without an address', ['--tsa', 'tsa'], 2, 'USAGE'],
  ])('refuses %s and leaves no file', async (_name, more, status, code) => {
    const { exit, document } = await desk.json(...sealArguments('refused.p7m', ...more));
    expect([exit, document['code']]).toEqual([status, code]);
    expect((await readdir(desk.folder)).filter((name) => name.includes('refused'))).toEqual([]);
  });

  test.each([
    ['an array', '[]'],
    ['duplicate names', '{"a":1,"a":2}'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('refuses a form of %s', async (_name, form) => {
    await writeFile(desk.path('bad.json'), form);
    const { exit, document } = await desk.json(...sealArguments('f.p7m', '--form', 'bad.json'));
    expect([exit, document['code']]).toEqual([2, 'FORM_INVALID']);
  });

  test('refuses a form over 1 MiB before reading it', async () => {
    await writeFile(desk.path('big.json'), `{"a":"${'x'.repeat(1024 * 1024)}"}`);
    const { exit, document } = await desk.json(...sealArguments('f.p7m', '--form', 'big.json'));
    expect([exit, document['code']]).toEqual([1, 'FILE_TOO_LARGE']);
  });

  test('does not overwrite without --force', async () => {
    await writeFile(desk.path('kept.p7m'), 'mine');
    expect((await desk.run(...sealArguments('kept.p7m'))).exit).toBe(5);
    expect(await readFile(desk.path('kept.p7m'), 'utf8')).toBe('mine');
    expect((await desk.run(...sealArguments('kept.p7m', '--force'))).exit).toBe(0);
  });
});

describe('package inspect', () => {
  test('shows recipients, algorithms and sizes without a key', async () => {
    await desk.run(...sealArguments('inspected.p7m'));
    const { exit, document } = await desk.json('package', 'inspect', 'inspected.p7m');
    expect(exit).toBe(0);
    const schema = z.strictObject({
      ok: z.literal(true),
      contentInfo: z.literal('AuthEnvelopedData'),
      contentType: z.string(),
      encryption: z.literal('aes-256-gcm'),
      tagLength: z.literal(16),
      legacy: z.literal(false),
      headerSize: z.number(),
      contentSize: z.number(),
      size: z.number(),
      recipients: z.array(
        z.strictObject({
          kind: z.string(),
          algorithm: z.string(),
          id: z.strictObject({ subjectKeyIdentifier: z.string().regex(/^[0-9a-f]+$/) }),
        }),
      ),
    });
    const { recipients } = schema.parse(document);
    expect(recipients.map(({ kind }) => kind)).toEqual(['key-transport', 'key-agreement']);
  });

  test('ends with 1 for what is no package and for half of one', async () => {
    await desk.run(...sealArguments('whole.p7m'));
    await writeFile(desk.path('half.p7m'), (await readFile(desk.path('whole.p7m'))).subarray(0, 200));
    const [no, half] = [
      await desk.json('package', 'inspect', 'form.json'),
      await desk.json('package', 'inspect', 'half.p7m'),
    ];
    expect([no.exit, no.document['code']]).toEqual([1, 'PACKAGE_MALFORMED']);
    expect([half.exit, half.document['code']]).toEqual([1, 'PACKAGE_TRUNCATED']);
  });
});
