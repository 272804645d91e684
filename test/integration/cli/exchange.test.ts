import { X509Certificate } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Desk, sealArguments, USCC, writeRequestPapers } from '../../fixtures/lexpost-command.ts';
import { createOfficeDesk } from '../../fixtures/office-desk.ts';
import { findCheck } from './verification-report.ts';

/** Two offices work through a shared folder with nothing but the command. */

let desk: Desk;
const own = (name: string) => ['--vault', name, '--passphrase-file', 'pw'];
const signing = ['--signing-passphrase-file', 'pw'];
const trust = ['--trust', 'ca.pem', '--crl', 'ca.crl'];
const hex = z.string().regex(/^[0-9a-f]{64}$/);

const REQUEST = {
  lawyers: [{ name: '示例律师', licence: '13401202610000001', firm: '安徽徽正律师事务所', phone: '0551-00000000' }],
  role: 'defender',
  basis: 'entrusted',
  party: { name: '示例嫌疑人', standing: 'suspect' },
  charge: '示例罪名',
  stage: 'prosecution-review',
  mode: 'remote',
  scope: ['read', 'copy'],
  stateSecret: false,
};

async function good(...argv: string[]): Promise<Record<string, unknown>> {
  const { exit, document } = await desk.json(...argv);
  if (exit !== 0) throw new Error(`${argv.join(' ')}: ${exit} ${JSON.stringify(document)}`);
  return document;
}

beforeAll(async () => {
  desk = await createOfficeDesk();
  await writeFile(desk.path('request.json'), JSON.stringify(REQUEST));
  papers = await writeRequestPapers(desk);
  const { fingerprint256 } = new X509Certificate(await readFile(desk.path('ca.pem')));
  compared = ['--fingerprint', fingerprint256];
});
afterAll(() => desk.remove());

/** An authority counts only once its fingerprint was compared. */
let compared: readonly string[] = [];
/** Attaches what a file review must bring. */
let papers: readonly string[] = [];
let matter = '';
let m = '';

describe('setting up', () => {
  test('vault create makes a vault with its first person and card, and shows the recovery key once', async () => {
    const office = [
      '--name',
      '江苏省某公证处',
      '--type',
      'notary-office',
      '--uscc',
      USCC.stranger,
      '--region',
      '320100',
    ];
    const made = await good(
      ...['vault', 'create', 'third', ...office, '--signer', 'stranger.p12', ...signing, '--person', '某公证员'],
      ...['--passphrase-file', 'pw', '--route', 'share', ...trust, ...compared],
    );
    const schema = z.strictObject({
      ok: z.literal(true),
      folder: z.literal('third'),
      vault: z.uuid(),
      recoveryKey: z.string().regex(/^([2-9A-HJ-NP-Z]{4}-){11}[2-9A-HJ-NP-Z]{4}$/),
      person: z.strictObject({ id: z.uuid(), name: z.literal('某公证员') }),
      card: z.strictObject({ m: hex, version: z.literal(1), fingerprint: hex }),
      unconfirmed: z.tuple([]),
    });
    schema.parse(made);
  });

  test('vault create leaves nothing behind when the certificate is another office’s', async () => {
    const office = ['--name', '某所', '--type', 'law-firm', '--uscc', USCC.firm, '--region', '340100'];
    const argv = ['vault', 'create', 'no-vault', ...office, '--signer', 'stranger.p12', '--passphrase-file', 'pw'];
    const { exit, document } = await desk.json(...argv, ...signing);
    expect([exit, document['code']]).toEqual([2, 'IDENTIFIER_INVALID']);
    expect(await readdir(desk.path('no-vault'))).toEqual([]);
  });

  test('office export and add exchange cards by their fingerprints', async () => {
    const firm = await good('office', 'export', ...own('firm-vault'), '--out', 'firm.card');
    const fingerprint = hex.parse(firm['fingerprint']);
    const wrong = await desk.json(
      'office',
      'add',
      'firm.card',
      ...own('office-vault'),
      '--fingerprint',
      'f'.repeat(64),
    );
    expect([wrong.exit, wrong.document['code']]).toEqual([1, 'FINGERPRINT_MISMATCH']);
    const spoken = fingerprint.toUpperCase().replace(/(.{4})/g, '$1 ');
    const added = await good('office', 'add', 'firm.card', ...own('office-vault'), '--fingerprint', spoken);
    expect(added).toMatchObject({ outcome: 'applied', office: { id: USCC.firm }, version: 1, fingerprint });
  });

  test('office import without a comparison ends with 4, and confirm puts the card into force', async () => {
    const { fingerprint } = await good('office', 'export', ...own('office-vault'), '--out', 'office.card');
    const pending = await desk.json('office', 'import', 'office.card', ...own('firm-vault'));
    expect([pending.exit, pending.document['code']]).toEqual([4, 'CARD_NEEDS_CONFIRMATION']);
    const confirm = ['office', 'confirm', USCC.procuratorate, ...own('firm-vault')];
    expect((await desk.json(...confirm)).document['code']).toBe('CARD_NEEDS_CONFIRMATION');
    await good(...confirm, '--fingerprint', String(fingerprint), '--how', 'phone');
  });

  test('office list shows who is confirmed and how they are reached', async () => {
    const { offices } = await good('office', 'list', ...own('firm-vault'));
    const card = z.strictObject({
      m: hex,
      version: z.literal(1),
      fingerprint: hex,
      confirmedAt: z.iso.datetime(),
      how: z.string(),
    });
    const schema = z.array(
      z.strictObject({
        office: z.strictObject({ id: z.string(), name: z.string(), type: z.string(), region: z.string() }),
        own: z.boolean(),
        card,
        pending: z.array(z.unknown()).length(0),
        channels: z.array(z.string()),
      }),
    );
    const listed = schema.parse(offices);
    expect(listed.map(({ office, own, channels }) => [office.id, own, channels.length])).toEqual([
      [USCC.procuratorate, false, 1],
      [USCC.firm, true, 0],
    ]);
  });
});

describe('message send and sync', () => {
  test('queue a request, deliver it and bring the receipt back', async () => {
    const sent = await good(
      ...['message', 'send', ...own('firm-vault'), ...signing, '--type', 'file-review', '--act', 'submit'],
      ...['--to', USCC.procuratorate, '--form', 'request.json', ...papers],
    );
    const schema = z.strictObject({
      ok: z.literal(true),
      m: hex,
      matter: z.uuidv7(),
      documents: z.literal(3),
      timestamp: z.object({ state: z.literal('none') }),
      preflight: z.array(z.looseObject({ id: z.string(), level: z.enum(['wait', 'advice', 'passed']) })),
    });
    ({ m, matter } = schema.parse(sent));
    expect(await good('sync', ...own('firm-vault'))).toMatchObject({ posted: 1 });
    expect(await good('sync', ...own('office-vault'))).toMatchObject({ received: { accepted: 1 }, posted: 1 });
    const back = await good('sync', ...own('firm-vault'));
    expect(back).toMatchObject({
      received: { accepted: 1 },
      unreachable: [],
      failed: [],
      state: 'active',
      listed: true,
    });
  });

  test('send --preflight says what stops a request and what to expect, and queues nothing', async () => {
    const argv = ['message', 'send', ...own('firm-vault'), '--type', 'file-review', '--act', 'submit', '--preflight'];
    const request = ['--to', USCC.procuratorate, '--form', 'request.json'];
    const clear = await desk.json(...argv, ...request, ...papers);
    expect(clear).toMatchObject({ exit: 0, document: { ok: true, procedure: 'file-review' } });
    const stopped = await desk.json(...argv, ...request);
    expect([stopped.exit, stopped.document['code']]).toEqual([1, 'PREFLIGHT_BLOCKED']);
    const { preflight } = z.object({ preflight: z.array(z.looseObject({})) }).parse(stopped.document);
    const missing = ['lawyer-licence', 'firm-letter', 'authority'];
    const lines = (await desk.run(...argv, ...request)).stdout;
    expect(lines).toContain('[--doc-kind power-of-attorney | legal-aid-letter]');
    expect(preflight.filter(({ id }) => id === 'document-missing').map(({ slot }) => slot)).toEqual(missing);
    await writeFile(desk.path('绝密★卷宗.pdf'), 'x');
    const secret = await desk.json(...argv, ...request, '--attach', '绝密★卷宗.pdf', ...papers);
    expect(secret.document['code']).toBe('PREFLIGHT_BLOCKED');
    expect(await good('sync', ...own('firm-vault'))).toMatchObject({ posted: 0, sealed: 0 });
  });

  test('a request that equals one of the last day goes out without a word of it, or one of other papers with such a word', async () => {
    const argv = ['message', 'send', ...own('firm-vault'), '--type', 'file-review', '--act', 'submit'];
    const request = ['--to', USCC.procuratorate, '--form', 'request.json'];
    const told = async (...more: string[]) => {
      const { document } = await desk.json(...argv, ...request, '--preflight', ...more);
      return JSON.stringify(document['preflight']).includes('"sent-before"');
    };
    expect(await told(...papers)).toBe(true);
    expect(await told(...papers, '--again')).toBe(false);
    await writeFile(desk.path('other.txt'), 'one more');
    expect(await told(...papers, '--attach', 'other.txt')).toBe(false);
    await writeFile(desk.path('wrong'), 'wrong');
    const stopped = [...argv, ...request, ...papers, '--signing-passphrase-file', 'wrong'];
    expect((await desk.run(...stopped)).stderr).toMatch(/^Advice: .*\[sent-before\]$/m);
    expect((await desk.run(...stopped, '--again')).stderr).not.toContain('sent-before');
  });

  test('send --preflight passes no act that nobody knows, and names the file or the words that a form is wrong by', async () => {
    await writeFile(desk.path('nonsense.json'), '{"step":"nonsense"}');
    await writeFile(desk.path('broken.json'), 'no JSON');
    const about = ['message', 'send', ...own('office-vault'), '--preflight', '--act', 'receipt'];
    const unknown = await desk.json(...about, '--matter', matter, '--form', 'nonsense.json');
    expect([unknown.exit, unknown.document['procedure']]).toEqual([4, null]);
    const broken = await desk.json(...about, '--matter', matter, '--form', 'broken.json');
    expect(broken).toMatchObject({ exit: 2, document: { code: 'FORM_INVALID', params: { file: 'broken.json' } } });
    const open = ['--type', 'notarization', '--to', USCC.firm, '--form', 'nonsense.json'];
    const params = { field: 'subtype', reason: 'request | verification' };
    expect(await desk.json(...about, ...open)).toMatchObject({ exit: 2, document: { code: 'FORM_INVALID', params } });
  });

  test('matter show says where the request stands and what each side may do', async () => {
    const { messages, allowed, clocks } = await good('matter', 'show', matter, ...own('firm-vault'));
    expect(messages).toMatchObject([{ m, act: 'submit', direction: 'out', pos: 1, colour: 'green', counted: true }]);
    expect(allowed).toContainEqual({ id: 'withdraw', act: 'withdraw', fixed: {}, role: 'opener' });
    const theirs = await good('matter', 'show', matter, ...own('office-vault'));
    const granted = { id: 'granted', act: 'decision', fixed: { outcome: 'granted' }, role: 'lead' };
    expect(theirs['allowed']).toContainEqual(granted);
    expect(theirs['clocks']).toEqual(clocks);
    expect(clocks).toMatchObject([{ id: 'arrange', rule: 'yj.gz49.arrange', state: 'running', status: 'verified' }]);
  });

  test('matter list and search find it, in Chinese too', async () => {
    expect(await good('matter', 'list', ...own('office-vault'))).toMatchObject({
      matters: [{ id: matter }],
      more: false,
    });
    expect(await good('matter', 'search', '罪名', ...own('office-vault'))).toMatchObject({ hits: [{ m, matter }] });
    expect(await good('matter', 'search', '没有的词', ...own('office-vault'))).toMatchObject({ hits: [] });
  });

  test('matter list names the matters whose period ends soon, by the day in Shanghai', async () => {
    expect(await good('matter', 'list', '--due-within', '0', ...own('firm-vault'))).toMatchObject({ matters: [] });
    expect(await good('matter', 'list', '--due-within', '60', ...own('firm-vault'))).toMatchObject({
      matters: [{ id: matter, due: { id: 'arrange', who: 'lead' } }],
    });
    const nothingDue = await desk.run('--lang', 'en', 'matter', 'list', '--due-within', '0', ...own('firm-vault'));
    expect(nothingDue.stdout).toBe('No matter fits what was asked for.\n');
  });

  test('message list and show tell direction, receipts and delivery', async () => {
    const { messages } = await good('message', 'list', ...own('firm-vault'), '--direction', 'out');
    expect(messages).toMatchObject([{ m, colour: 'green' }]);
    const shown = await good('message', 'show', m, ...own('firm-vault'));
    expect(shown).toMatchObject({
      message: { m, body: { form: { charge: '示例罪名' } } },
      documents: [
        { name: '委托书.pdf', kind: 'power-of-attorney', mediaType: 'application/pdf' },
        { name: '执业证.pdf', kind: 'lawyer-licence' },
        { name: '律所函.pdf', kind: 'firm-letter' },
      ],
      receipts: [{ kind: 'delivered', office: USCC.procuratorate, pos: 1, current: true }],
      delivery: [{ office: USCC.procuratorate, status: 'delivered', colour: 'green' }],
    });
  });

  test.each([
    ['zh-CN', '律师异地阅卷', '已提交', '申请阅卷', '检察院'],
    ['en', 'Remote file review', 'submitted', 'ask to read the file', 'Procuratorate'],
  ])('lines in %s leave people with ids and words of the format', async (language, type, state, act, kind) => {
    const said = async (...argv: string[]) =>
      (await desk.run('--lang', language, ...argv, ...own('firm-vault'))).stdout;
    const { offices } = await good('office', 'list', ...own('firm-vault'));
    const name = z
      .array(z.object({ office: z.object({ id: z.string(), name: z.string() }) }))
      .parse(offices)
      .find(({ office }) => office.id === USCC.procuratorate)?.office.name;
    const named = `${name} (${USCC.procuratorate})`;
    const matters = await said('matter', 'list');
    for (const word of [type, state, named]) expect(matters).toContain(word);
    const shown = await said('matter', 'show', matter);
    for (const word of [state, act, named, '  withdraw  ', 'procedure show file-review']) expect(shown).toContain(word);
    expect(shown).not.toContain('(submitted)');
    expect(await said('message', 'list', '--direction', 'out')).toContain(act);
    const message = await said('message', 'show', m);
    for (const word of [act, named]) expect(message).toContain(word);
    expect(await said('office', 'list')).toContain(kind);
  });

  test('a message is found by what a list prints of its M, and by no less', async () => {
    const { stdout } = await desk.run('message', 'list', ...own('firm-vault'), '--direction', 'out');
    const printed = stdout.trim().split('  ').at(-1) ?? '';
    expect(m.startsWith(printed) && printed !== m).toBe(true);
    expect(await good('message', 'show', printed, ...own('firm-vault'))).toMatchObject({ message: { m } });
    const codes = await Promise.all(
      [m.slice(0, 7), 'z'.repeat(16), `${m}0`].map((name) => desk.json('message', 'show', name, ...own('firm-vault'))),
    );
    expect(codes.map(({ document }) => document['code'])).toEqual(Array(3).fill('IDENTIFIER_INVALID'));
    const other = m.startsWith('0') ? '1' : '0';
    const { document } = await desk.json('message', 'verify', other + m.slice(1, 16), ...own('firm-vault'));
    expect(document['code']).toBe('MESSAGE_UNKNOWN');
  });

  test('message show --out takes the documents out of the vault, never over an existing file', async () => {
    const argv = ['message', 'show', m, ...own('office-vault'), '--out', 'taken'];
    const { extracted } = await good(...argv);
    expect(extracted).toHaveLength(3);
    expect(await readFile(desk.path('taken/1-委托书.pdf'))).toEqual(await readFile(desk.path('委托书.pdf')));
    const again = await desk.json(...argv);
    expect([again.exit, again.document['code']]).toEqual([5, 'FILE_EXISTS']);
  });

  test.each([
    ['a form that lacks what its procedure wants', ['--form', 'form.json'], 2, 'FORM_INVALID'],
    ['an office that is not in the directory', ['--to', USCC.stranger], 1, 'OFFICE_UNKNOWN'],
    ['a code with a wrong check digit', ['--to', '31340000MD00123450'], 2, 'IDENTIFIER_INVALID'],
    ['a person who is not there', ['--person', 'nobody'], 1, 'PERSON_UNKNOWN'],
    ['both a matter and a new one', ['--matter', '01a20c9b-bbfd-7fe5-b576-032afd5a8061'], 2, 'USAGE'],
    ['an act that opens nothing', ['--act', 'decision'], 1, 'ACT_NOT_ALLOWED'],
  ])('send refuses %s and queues nothing', async (_name, more, status, code) => {
    const argv = ['message', 'send', ...own('firm-vault'), ...signing, '--type', 'file-review', '--act', 'submit'];
    const request = ['--to', USCC.procuratorate, '--form', 'request.json', ...papers];
    const { exit, document } = await desk.json(...argv, ...request, ...more);
    expect([exit, document['code']]).toEqual([status, code]);
    expect(await good('sync', ...own('firm-vault'))).toMatchObject({ posted: 0, sealed: 0 });
  });

  test.each([
    ['matter', ['matter', 'show', '01a20c9b-bbfd-7fe5-b576-032afd5a8061'], 1, 'MATTER_UNKNOWN'],
    ['message', ['message', 'show', 'f'.repeat(64)], 1, 'MESSAGE_UNKNOWN'],
    ['matter id', ['matter', 'show', '17'], 2, 'IDENTIFIER_INVALID'],
  ])('an unknown %s is named as such', async (_name, argv, status, code) => {
    const { exit, document } = await desk.json(...argv, ...own('firm-vault'));
    expect([exit, document['code']]).toEqual([status, code]);
  });

  test('a server is set by a file; listings and audit hold none of its secrets, and its place is kept', async () => {
    const config = {
      host: 'sftp.example.org',
      user: 'u',
      root: 'lexpost',
      hostKey: `SHA256:${'A'.repeat(43)}`,
      password: 'hidden-word',
    };
    await writeFile(desk.path('sftp.json'), JSON.stringify({ kind: 'sftp', config }));
    const to = ['--to', USCC.procuratorate];
    await good('office', 'route', '--config', 'sftp.json', '--id', 'far', ...to, '--order', '2', ...own('firm-vault'));
    const listed = await good('office', 'route', 'list', ...own('firm-vault'));
    expect(JSON.stringify(listed)).not.toContain('hidden-word');
    expect(listed['routes']).toContainEqual(
      expect.objectContaining({
        id: 'far',
        address: 'sftp://sftp.example.org:22',
        offices: [{ office: USCC.procuratorate, order: 2 }],
      }),
    );
    await good('office', 'route', 'remove', 'far', ...own('firm-vault'));
    const after = await good('office', 'route', 'list', ...own('firm-vault'));
    expect(JSON.stringify(after)).not.toContain('far');
    await writeFile(desk.path('bad.json'), JSON.stringify({ kind: 'sftp', config: { ...config, hostKey: 'none' } }));
    const refused = await desk.json('office', 'route', '--config', 'bad.json', ...own('firm-vault'));
    expect([refused.exit, JSON.stringify(refused.document).includes('hidden-word')]).toEqual([2, false]);
  });

  test('sync ends with 5 while a route is not there, and says which', async () => {
    await good('office', 'route', 'gone', ...own('firm-vault'));
    const { exit, document } = await desk.json('sync', ...own('firm-vault'));
    expect([exit, document['code']]).toEqual([5, 'ROUTE_UNAVAILABLE']);
    expect(document['unreachable']).toHaveLength(1);
  });

  test('sync says what still waits for its next try, though it does nothing itself', async () => {
    await writeFile(desk.path('withdraw.json'), '{"reason":"示例"}');
    const act = ['--matter', matter, '--act', 'withdraw', '--form', 'withdraw.json'];
    await good('message', 'send', ...own('firm-vault'), ...signing, ...act);
    await rename(desk.path('share'), desk.path('share-away'));
    expect((await desk.run('sync', ...own('firm-vault'))).exit).toBe(5);
    await rename(desk.path('share-away'), desk.path('share'));
    const { stdout } = await desk.run('--lang', 'en', 'sync', ...own('firm-vault'));
    expect(stdout).toContain('at once with sync --retry');
    const retried = await desk.run('--lang', 'en', 'sync', '--retry', ...own('firm-vault'));
    expect(retried.stdout).not.toContain('--retry');
  });

  test('nothing was turned away', async () => {
    expect(await good('message', 'rejected', ...own('office-vault'))).toMatchObject({ rejected: [], more: false });
  });
});

describe('--card', () => {
  beforeAll(async () => {
    await good(...sealArguments('sealed.p7m'));
  });
  const open = ['package', 'open', 'sealed.p7m', '--key', 'procuratorate.p12', '--passphrase-file', 'pw', ...trust];

  test('binds the signer of a package by the sender’s card', async () => {
    const document = await good(...open, '--card', 'firm.card');
    expect(findCheck(document, 'sender-bound')).toBe(true);
  });

  test('leaves a signer undecided whom no card of the sender names', async () => {
    const { exit, document } = await desk.json(...open, '--card', 'office.card');
    expect([exit, document['code'], findCheck(document, 'sender-bound')]).toEqual([4, 'SENDER_NOT_BOUND', false]);
  });

  test('refuses a file that is no card', async () => {
    const { exit } = await desk.json(...open, '--card', 'form.json');
    expect(exit).toBe(1);
  });
});

describe('a further device, and a restore', () => {
  test('join and admit list it in the next card', async () => {
    const office = ['--name', '安徽徽正律师事务所', '--type', 'law-firm', '--uscc', USCC.firm, '--region', '340100'];
    await good(
      'vault',
      'create',
      'second',
      ...office,
      '--passphrase-file',
      'pw',
      '--route',
      'share',
      ...trust,
      ...compared,
    );
    const { fingerprint } = await good('vault', 'join', 'second', '--passphrase-file', 'pw', '--out', 'join.json');
    const admit = ['vault', 'admit', 'firm-vault', '--passphrase-file', 'pw', ...signing, '--request', 'join.json'];
    const wrong = await desk.json(...admit, '--fingerprint', '0'.repeat(64));
    expect([wrong.exit, wrong.document['code']]).toEqual([1, 'FINGERPRINT_MISMATCH']);
    const admitted = await good(...admit, '--fingerprint', String(fingerprint));
    expect(admitted).toMatchObject({ card: { version: 2 } });
    expect(admitted['vaults']).toHaveLength(2);
  });

  test('office publish tells the counterpart, who asks for a confirmation of the new key', async () => {
    const argv = ['office', 'publish', ...own('firm-vault'), ...signing, '--to', USCC.procuratorate];
    expect((await good(...argv))['messages']).toHaveLength(1);
    await desk.run('sync', ...own('firm-vault'));
    const received = await good('sync', ...own('office-vault'));
    expect(received['pendingCards']).toEqual([USCC.firm]);
    await good('office', 'confirm', USCC.firm, ...own('office-vault'));
    expect(await good('sync', ...own('office-vault'))).toMatchObject({ pendingCards: [], alarms: [] });
    const again = await desk.json('office', 'confirm', USCC.firm, ...own('office-vault'));
    expect([again.exit, again.document['code']]).toEqual([1, 'CARD_NOT_PENDING']);
  });

  test('a restored vault sends nothing until it was resumed', async () => {
    await good('vault', 'backup', 'office-vault', '--passphrase-file', 'pw', '--out', 'backup');
    await good('vault', 'restore', 'restored', '--from', 'backup', '--passphrase-file', 'pw');
    expect(await good('sync', ...own('restored'))).toMatchObject({
      state: 'restored',
      posted: 0,
      alarms: [{ code: 'VAULT_ROLLED_BACK' }],
    });
    const { stdout } = await desk.run('--lang', 'en', 'sync', ...own('restored'));
    expect(stdout).toContain('Next: vault resume');
    const resume = ['vault', 'resume', 'restored', '--passphrase-file', 'pw'];
    expect(await good(...resume, ...signing)).toMatchObject({
      state: 'restored',
      card: { version: expect.any(Number) },
    });
    expect(await good(...resume, '--without-answers')).toMatchObject({ state: 'active' });
    expect(await good('vault', 'status', 'restored', '--passphrase-file', 'pw')).toMatchObject({ alarms: [] });
    expect(await good('message', 'confirm', ...own('restored'))).toMatchObject({ sent: 0, dropped: 0, waiting: [] });
  });
});
