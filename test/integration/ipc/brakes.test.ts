import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BRAKES } from '../../../electron/ipc/brakes.ts';
import { signDirectory } from '../../../electron/usecases/directory/sign-directory.ts';
import { CHANNELS, type ChannelName, PRELOAD_CHANNELS } from '../../../shared/ipc/contract.ts';
import type { ActQuestion } from '../../../shared/model/act-question.ts';
import type { Office } from '../../../shared/model/office-card.ts';
import { NO_NETWORK } from '../../../shared/model/trust-network.ts';
import { type DeskDoor, openDeskDoor, secretOf } from '../../fixtures/desk-door.ts';
import { createDesks, type Desk, PASSPHRASE, settle } from '../../fixtures/desk-offices.ts';
import { OFFICES } from '../../fixtures/exchange-lab.ts';
import { OFFICE } from '../../fixtures/forms.ts';
import { sampleOf } from '../../fixtures/malformed-requests.ts';
import { makeCa } from '../../fixtures/pki-material.ts';

/** A window that has been taken over asks for everything that could change whom the office trusts, or where its papers and keys go: main asks the person. */

const BUREAU: Office = { id: OFFICE.notaryShanghai, name: '上海市某司法局', type: 'judicial-bureau', region: '310000' };
const ALL = Object.entries({ ...CHANNELS, ...PRELOAD_CHANNELS });
const named = (brake: string): string[] =>
  Object.entries(BRAKES).flatMap(([name, { brakes }]) => ((brakes as readonly string[]).includes(brake) ? [name] : []));
/** Asked by a question of their own: two-offices.test.ts and updates.test.ts. */
const ELSEWHERE = ['signature:sign-and-send', 'update:open'];

const desks = createDesks();
const ca = makeCa('某证书机构');
const SHA256 = ca.certificate.sha256;
let firm: Desk;
let court: Desk;
let bureau: Desk;
let restored: DeskDoor;

beforeAll(async () => {
  firm = await desks.firstRun(OFFICES.firm);
  court = await desks.firstRun(OFFICES.procuratorate);
  bureau = await desks.firstRun(BUREAU);
  await desks.meet(firm, court);
  await desks.meet(firm, bureau);
  writeFileSync(join(desks.dir, 'ca.der'), ca.certificate.der);
  await exportTo(court, 'court.card');
});
afterAll(async () => {
  await restored?.close();
  await desks.close(firm, court, bureau);
});

const credentials = (desk: Pick<Desk, 'person'> = firm) => ({ person: desk.person, secret: secretOf(PASSPHRASE) });

async function exportTo({ door }: Desk, name: string): Promise<void> {
  door.answers.target = join(desks.dir, name);
  await door.ask('office:export-card', { office: null });
}

async function choose(door: DeskDoor, purpose: 'card' | 'certificates' | 'join-request', name: string) {
  door.answers.files = [join(desks.dir, name)];
  return (await door.ask('file:choose', { purpose, several: false })).files[0]?.token ?? '';
}

async function chooseFolder(door: DeskDoor, purpose: 'route' | 'vault-backup', name: string) {
  mkdirSync(join(desks.dir, name), { recursive: true });
  door.answers.folder = join(desks.dir, name);
  return (await door.ask('file:choose-folder', { purpose })).folder?.token ?? '';
}

/** Every row, by table. */
function everything({ desk }: DeskDoor): Record<string, string> {
  const db = desk.session.get().context.vault.read;
  const tables = db.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      createHash('sha256')
        .update(JSON.stringify(db.all(`SELECT * FROM "${name}"`)))
        .digest('hex'),
    ]),
  );
}

const asked = new Set<string>();

/** Asked with no, nothing is changed; asked with yes, it is done. @returns the question and the answer */
async function brake<Name extends ChannelName>(door: DeskDoor, name: Name, request: () => unknown) {
  while ((await door.ask('exchange:status', {})).running) await new Promise((resolve) => setTimeout(resolve, 5));
  const before = everything(door);
  door.answers.confirm = false;
  expect(await door.refusal(name, await request()), name).toBe('NOT_CONFIRMED');
  door.answers.confirm = true;
  expect(everything(door), name).toEqual(before);
  const questions = door.asked.length;
  const answer = await door.raw(name, await request());
  expect(answer, name).toMatchObject({ ok: true });
  expect(door.asked.length, name).toBe(questions + 1);
  expect(everything(door), name).not.toEqual(before);
  asked.add(name);
  return door.asked.at(-1) as ActQuestion;
}

/** What only narrows is done without a question. */
async function free(door: DeskDoor, name: ChannelName, request: unknown): Promise<void> {
  const questions = door.asked.length;
  expect(await door.refusal(name, request), name).toBeNull();
  expect(door.asked.length, name).toBe(questions);
}

describe('the table of brakes', () => {
  test('decides every channel of the contract, with a reason', () => {
    expect(Object.keys(BRAKES).sort()).toEqual(ALL.map(([name]) => name).sort());
    for (const [name, { why }] of Object.entries(BRAKES)) expect(why.length, name).toBeGreaterThan(8);
  });

  test.each(named('token').filter((name) => CHANNELS[name as ChannelName].access === 'open'))(
    '%s takes no file and no folder that no person chose',
    async (name) => {
      const { request } = CHANNELS[name as ChannelName];
      expect(await firm.door.refusal(name as ChannelName, sampleOf(request))).toBe('FILE_NOT_CHOSEN');
    },
  );

  test('a folder that was chosen for one end serves no other', async () => {
    const folder = await chooseFolder(firm.door, 'route', 'other-share');
    expect(await firm.door.refusal('vault:backup', { folder })).toBe('FILE_NOT_CHOSEN');
    expect(await firm.door.refusal('file:list-folder', { folder })).toBe('FILE_NOT_CHOSEN');
  });

  test.each(ALL.map(([name]) => name).filter((name) => !named('question').includes(name) && name !== 'vault:lock'))(
    '%s asks nothing',
    async (name) => {
      const { access, request } = { ...CHANNELS, ...PRELOAD_CHANNELS }[name as ChannelName];
      if (access === 'closed') return;
      const questions = bureau.door.asked.length;
      await bureau.door.raw(name, sampleOf(request));
      expect(bureau.door.asked.length).toBe(questions);
    },
  );
});

describe('without a yes to main’s own question', () => {
  test('no CA is trusted, and none for more', async () => {
    const { door } = firm;
    const token = await choose(door, 'certificates', 'ca.der');
    const add = { file: token, certificates: [SHA256] };
    const question = await brake(door, 'trust:add-anchors', () => add);
    expect(question.facts).toEqual([
      { name: 'certificate', value: expect.stringContaining('某证书机构'), fingerprint: SHA256 },
    ]);
    const terms = { certificate: SHA256, validFrom: null, validUntil: null };
    await free(door, 'trust:set-anchor-terms', { ...terms, scopes: ['sign'], validUntil: '2027-01-01T00:00:00.000Z' });
    const wider = await brake(door, 'trust:set-anchor-terms', () => ({ ...terms, scopes: ['sign', 'tls'] }));
    expect(wider.facts.map(({ name, value }) => [name, value])).toEqual([
      ['certificate', expect.stringContaining('某证书机构')],
      ['scope', 'tls'],
      ['until', '–'],
    ]);
    await free(door, 'trust:remove-anchor', { certificate: SHA256 });
  });

  test('nobody else is asked about certificates, time and updates, and revocation is not relaxed', async () => {
    const { door } = firm;
    const network = {
      ...NO_NETWORK,
      hosts: ['crl.example.org'],
      addresses: ['10.0.0.1'],
      tsas: [{ url: 'https://tsa.example.org/', policy: null }],
      proxy: 'http://proxy.example.org:3128',
    };
    const question = await brake(door, 'trust:set-network', () => network);
    expect(question.facts.map(({ value }) => value)).toEqual([
      'crl.example.org',
      '10.0.0.1',
      'https://tsa.example.org/',
      'http://proxy.example.org:3128',
    ]);
    await free(door, 'trust:set-network', { ...network, hosts: [], tsas: [] });
    const relaxed = await brake(door, 'settings:change', () => ({ revocation: 'off' }));
    expect(relaxed).toMatchObject({ act: 'revocation', facts: [{ name: 'policy', value: 'off' }] });
    await free(door, 'settings:change', { revocation: 'require', lockAfter: 5 });
    const address = 'https://updates.example.org/';
    expect((await brake(door, 'update:set-address', () => ({ address }))).facts).toEqual([
      { name: 'address', value: address },
    ]);
    await free(door, 'update:set-address', { address: null });
  });

  test('no card counts, and what is shown is the fingerprint that the other office reads out', async () => {
    const { door } = bureau;
    const file = await choose(door, 'card', 'court.card');
    await door.ask('directory:import', { file });
    const request = { office: court.office.id, how: 'phone' };
    const question = await brake(door, 'directory:confirm', () => request);
    const { card } = await court.door.ask('office:show', {});
    expect(question).toMatchObject({ act: 'card', subject: court.office.name });
    expect(question.facts[0]?.fingerprint).toBe(card?.fingerprint);
    expect((await door.ask('directory:show', { office: court.office.id })).current?.fingerprint).toBe(
      card?.fingerprint,
    );
  });

  test('a fingerprint that was scanned and differs is refused before anybody is asked', async () => {
    await exportTo(firm, 'firm.card');
    const file = await choose(bureau.door, 'card', 'firm.card');
    await bureau.door.ask('directory:import', { file });
    const questions = bureau.door.asked.length;
    const wrong = { office: firm.office.id, how: 'phone', fingerprint: '0'.repeat(64) } as const;
    expect(await bureau.door.refusal('directory:confirm', wrong)).toBe('FINGERPRINT_MISMATCH');
    expect(bureau.door.asked.length).toBe(questions);
    expect((await bureau.door.ask('directory:show', { office: firm.office.id })).current).toBeNull();
  });

  test('no directory is relied on', async () => {
    const chunks: Buffer[] = [];
    await signDirectory(bureau.door.desk.session.get().context, {
      credentials: { person: bureau.person, passphrase: PASSPHRASE },
      scope: { regions: ['31'], types: ['procuratorate'] },
      days: 30,
      sink: { write: async (chunk) => void chunks.push(Buffer.from(chunk)) },
    });
    writeFileSync(join(desks.dir, 'directory.asice'), Buffer.concat(chunks));
    const file = await choose(firm.door, 'card', 'directory.asice');
    const question = await brake(firm.door, 'directory:import-signed', () => ({ file, accept: true }));
    const { card } = await bureau.door.ask('office:show', {});
    expect(question.facts[0]).toMatchObject({
      value: expect.stringContaining(BUREAU.name),
      fingerprint: card?.fingerprint,
    });
    await free(firm.door, 'directory:import-signed', {
      file: await choose(firm.door, 'card', 'directory.asice'),
      accept: true,
    });
  });

  test('nothing goes another way, and no password to another host', async () => {
    const { door } = firm;
    const config = {
      url: 'https://dav.example.org/box',
      user: 'office',
      password: 'geheim',
      trustedCertificates: `-----BEGIN CERTIFICATE-----\n${ca.certificate.der.toString('base64')}\n-----END CERTIFICATE-----\n`,
    };
    const save = (change: object, offices: string[] = []) => ({
      id: 'dav',
      route: { kind: 'webdav', config: { ...config, ...change } },
      offices,
    });
    const made = await brake(door, 'route:save', () => save({}));
    expect(made.facts).toContainEqual({ name: 'address', value: 'https://dav.example.org' });
    expect(made.facts).toContainEqual({
      name: 'pin',
      value: expect.stringContaining('某证书机构'),
      fingerprint: SHA256,
    });
    expect(JSON.stringify(made)).not.toContain('geheim');
    await free(door, 'route:save', save({ password: '•' }));
    const moved = await brake(door, 'route:save', () => save({ url: 'https://elsewhere.example.net/', password: '•' }));
    expect(moved.facts[0]).toEqual({ name: 'address', value: 'https://elsewhere.example.net' });
    const reached = await brake(door, 'directory:set-routes', () => ({
      office: court.office.id,
      routes: ['dav', 'share'],
    }));
    expect(reached.facts).toContainEqual({ name: 'address', value: 'https://elsewhere.example.net' });
    await free(door, 'directory:set-routes', { office: court.office.id, routes: ['share'] });
    await free(door, 'route:remove', { id: 'dav' });
  });

  test('nobody gets more room, and less without a word', async () => {
    const room = await brake(firm.door, 'directory:set-quota', () => ({ office: court.office.id, bytes: 2 ** 40 }));
    expect(room).toMatchObject({ subject: court.office.name, facts: [{ name: 'size', value: '1.1 TB' }] });
    await free(firm.door, 'directory:set-quota', { office: court.office.id, bytes: 0 });
  });

  test('nothing is signed for the office: no card, no keys, no device, no record', async () => {
    const { door } = firm;
    await door.ask('identity:create-trial', {
      name: '李乙',
      passphrase: secretOf(PASSPHRASE),
      acts: ['*'],
      algorithm: 'p256',
    });
    const { items } = await door.ask('identity:list', {});
    const added = items.find(({ name }) => name === '李乙')?.certificate.sha256;
    const card = await brake(door, 'office:issue-card', () => ({ credentials: credentials() }));
    expect(card).toMatchObject({ subject: '张甲', facts: [{ name: 'person', value: '李乙', fingerprint: added }] });
    const keys = await brake(door, 'office:renew-keys', () => ({ credentials: credentials(), kinds: ['receipt'] }));
    expect(keys.facts).toEqual([{ name: 'keys', value: 'receipt' }]);
    const { card: own } = await door.ask('office:show', {});
    const published = await brake(door, 'office:publish-card', () => ({ credentials: credentials(), to: null }));
    expect(published.facts[0]?.fingerprint).toBe(own?.fingerprint);
  });

  test('no device is admitted', async () => {
    const device = openDeskDoor({ dir: join(desks.dir, 'device'), now: () => desks.clock.now });
    try {
      await device.ask('vault:create', { passphrase: secretOf(PASSPHRASE), office: OFFICES.firm });
      device.answers.target = join(desks.dir, 'join.json');
      const { fingerprint } = await device.ask('office:export-join-request', {});
      const request = async () => ({
        request: await choose(firm.door, 'join-request', 'join.json'),
        fingerprint,
        credentials: credentials(),
      });
      const question = await brake(firm.door, 'office:add-vault', request);
      expect(question.facts[0]).toMatchObject({ name: 'device', fingerprint });
    } finally {
      await device.close();
    }
  });

  test('a person who was brought in while the question was read stands in no card', async () => {
    const { door } = firm;
    const { shell } = door.desk;
    const { card: before } = await door.ask('office:show', {});
    const confirmAct = shell.confirmAct;
    Object.assign(shell, {
      confirmAct: async () => {
        const trial = { name: '丁丁', passphrase: secretOf(PASSPHRASE), acts: ['*'], algorithm: 'p256' } as const;
        await door.ask('identity:create-trial', { ...trial, acts: ['*'] });
        return true;
      },
    });
    try {
      expect(await door.refusal('office:issue-card', { credentials: credentials() })).toBe('NOT_CONFIRMED');
    } finally {
      Object.assign(shell, { confirmAct });
    }
    expect((await door.ask('office:show', {})).card?.version).toBe(before?.version);
  });

  test('a restored vault says, sends and drops nothing', async () => {
    const m = await desks.sign(firm, court);
    const folder = await chooseFolder(firm.door, 'vault-backup', 'backup');
    const { job } = await firm.door.ask('vault:backup', { folder });
    expect((await firm.door.end(job)).failure).toBeNull();
    restored = openDeskDoor({ dir: join(desks.dir, 'restored'), now: () => desks.clock.now });
    const backup = await chooseFolder(restored, 'vault-backup', 'backup');
    await restored.ask('vault:restore', { backup, secret: { kind: 'passphrase', passphrase: secretOf(PASSPHRASE) } });
    const resume = await brake(restored, 'exchange:resume', () => ({ credentials: credentials() }));
    expect(resume.subject).toBe('张甲');
    const finish = await brake(restored, 'exchange:finish-restore', () => ({}));
    expect(finish.facts.map(({ value }) => value)).toContain(court.office.name);
    const { items } = await restored.ask('exchange:list-frozen', {});
    const ids = items.filter((item) => item.m === m).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    const drop = await brake(restored, 'exchange:decide-frozen', () => ({ decision: 'drop', ids }));
    expect(drop.act).toBe('dropFrozen');
    expect(drop.facts.map(({ value }) => value).join()).toContain(court.office.name);
  });

  test('no silence goes on record', async () => {
    const m = await desks.sign(firm, court);
    await settle(firm);
    const question = await brake(firm.door, 'delivery:give-up', () => ({ m }));
    expect(question.facts).toEqual([{ name: 'office', value: court.office.name }]);
  });

  test('all of them were tried', () => {
    expect([...asked, ...ELSEWHERE].sort()).toEqual(named('question').sort());
  });
});
