import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Certificate } from '../../../electron/pki/certificate.ts';
import { createCa } from '../../../electron/pki/issue/create-ca.ts';
import { officeName } from '../../../electron/pki/issue/create-identity.ts';
import { addAnchors } from '../../../electron/usecases/add-trust.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { openSigningAuthority } from '../../../electron/usecases/office/signing-authority.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { adoptReadingKey, adoptSigningKey } from '../../../electron/usecases/tokens/adopt-token-key.ts';
import { listCertificates } from '../../../electron/usecases/tokens/list-certificates.ts';
import { unlockReading } from '../../../electron/usecases/tokens/reading-keys.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { listFrozenOutbox } from '../../../electron/vault/repositories/outbox.ts';
import type { MatterId, MessageId } from '../../../shared/model/brand.ts';
import { createLab, introduce, type Lab, OFFICES, type Party, send, settle } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import {
  buildShim,
  certifyInToken,
  createSoftTokens,
  PIN,
  SOFT_MODULE,
  TOKEN_TOOLS,
} from '../../fixtures/soft-token.ts';
import { hasTool } from '../foreign-tool.ts';

/** A firm whose lawyer signs with a token, and whose vault reads with one; the keys never leave it. */

const ready = existsSync(SOFT_MODULE) && TOKEN_TOOLS.every(hasTool);
const START = '2026-11-24T06:00:00.000Z';
const now = new Date('2026-11-01T00:00:00Z');
const ca = createCa({ name: '令牌测试根', algorithm: 'p256', now: new Date('2026-01-01T00:00:00Z') });

let folder: string;
let shim: ReturnType<typeof buildShim>;
let signing: Certificate;
let reading: Certificate;
let lab: Lab;
let firm: Party;
let lead: Party;

beforeAll(() => {
  if (!ready) return;
  folder = mkdtempSync(join(tmpdir(), 'lexpost-token-'));
  const tokens = createSoftTokens(folder);
  shim = buildShim(folder);
  const token = tokens.addToken('律师证书');
  const { id: uscc, name, type: officeType, region } = OFFICES.firm;
  const subject = officeName({ name, officeType, uscc, region, person: '张甲' });
  const make = (id: string, type: string, usage: 'sign' | 'derive' | 'decrypt', purpose: 'sign' | 'encrypt') =>
    certifyInToken(token, ca, { id, type, usage, purpose, subject, now });
  signing = make('01', 'rsa:3072', 'sign', 'sign');
  reading = make('02', 'EC:prime256v1', 'derive', 'encrypt');
  make('03', 'rsa:3072', 'decrypt', 'encrypt');
}, 120_000);
afterAll(() => {
  if (ready) rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  if (!ready) return;
  shim.set('');
  lab = createLab(START);
  firm = await lab.addOffice(OFFICES.firm);
  lead = await lab.addOffice(OFFICES.procuratorate);
  for (const { context } of [firm, lead]) addAnchors(context, ca.certificate.der, 'test');
});
afterEach(async () => {
  if (!ready) return;
  firm.context.tokens.close();
  await lab.close();
});

const pin = () => Buffer.from(PIN);
const setting = () => ({ module: shim.module, parameters: null });
const refused = (code: string) => expect.objectContaining({ code });
const opening = {
  target: { type: 'file-review' as const, to: [OFFICES.procuratorate.id] },
  act: 'submit' as const,
  form: FILE_REVIEW['submit'] ?? {},
};

/** The lawyer's certificate on the token stands in the card; revocation is not what is tested here. */
async function withTokenSigner(): Promise<Party> {
  const person = await adoptSigningKey(firm.context, {
    setting: setting(),
    pin: pin(),
    certificate: '01',
    name: '张甲',
  });
  await issueCard(firm.context, firm.credentials);
  return { ...firm, credentials: { person: person.id, passphrase: PIN } };
}

async function withTokenReader(): Promise<void> {
  const choice = { setting: setting(), pin: pin(), certificate: '02' };
  expect(await adoptReadingKey(firm.context, choice)).toMatchObject({ adopted: true });
  await issueCard(firm.context, firm.credentials);
}

const outgoing = (party: Party) =>
  party.context.vault.read.all<{ m: string }>("SELECT m FROM messages WHERE direction = 'out'").length;

describe.skipIf(!ready)('a person whose key lies on a token', () => {
  beforeEach(() => {
    for (const party of [firm, lead]) Object.assign(party.context, { revocation: 'off' });
  });

  test('stands in the card and signs messages that the counterpart accepts', async () => {
    const lawyer = await withTokenSigner();
    await introduce(lab.share, [firm, lead]);
    const { m } = await send(lawyer, opening);
    await settle([firm, lead]);
    const there = findMessage(lead.context.vault.read, m);
    expect(there).toMatchObject({ status: 'accepted', senderCertificate: signing.sha256 });
  });

  test.each([
    ['a wrong PIN', '', '000000', 'TOKEN_PIN_WRONG'],
    ['a locked PIN', 'locked', PIN, 'TOKEN_PIN_LOCKED'],
    ['a token pulled out in the middle', 'removed', PIN, 'TOKEN_REMOVED'],
    ['a module that crashes', 'crash', PIN, 'TOKEN_MODULE_FAILED'],
    ['a token that signs wrongly', 'liar', PIN, 'KEY_MISSING'],
  ])('%s leaves nothing half done, and the same can be sent afterwards', async (_name, mode, passphrase, code) => {
    const lawyer = await withTokenSigner();
    await introduce(lab.share, [firm, lead]);
    const before = outgoing(firm);
    shim.set(mode);
    const attempt = send({ ...lawyer, credentials: { ...lawyer.credentials, passphrase } }, opening);
    await expect(attempt).rejects.toThrow(refused(code));
    expect(outgoing(firm)).toBe(before);
    expect(listFrozenOutbox(firm.context.vault.read)).toEqual([]);
    shim.set('');
    await send(lawyer, opening);
    expect(outgoing(firm)).toBe(before + 1);
  });

  test('signs one fixed list and nothing after it, nor after closing', async () => {
    const { credentials } = await withTokenSigner();
    const ids = [
      '01930000-0000-7000-8000-000000000001' as MessageId,
      '01930000-0000-7000-8000-000000000002' as MessageId,
    ];
    const authority = await openSigningAuthority(firm.context, credentials, ids.slice(0, 1));
    const { key } = authority.take(ids[0] as MessageId);
    expect(() => authority.take(ids[0] as MessageId)).toThrow(refused('KEY_NOT_FOR_ACT'));
    expect(() => authority.take(ids[1] as MessageId)).toThrow(refused('KEY_NOT_FOR_ACT'));
    authority.close();
    const late = 'sign' in key ? key.sign({ scheme: 'pkcs1', digest: 'sha256' }, Buffer.from('x')) : Promise.resolve();
    await expect(late).rejects.toThrow(refused('TOKEN_MODULE_FAILED'));
  });

  test('loses the authority after two minutes, and with the office', async () => {
    const { credentials } = await withTokenSigner();
    const id = '01930000-0000-7000-8000-000000000001' as MessageId;
    const authority = await openSigningAuthority(firm.context, credentials, [id]);
    lab.later(2 * 60_000 + 1);
    expect(() => authority.take(id)).toThrow(refused('KEY_NOT_FOR_ACT'));
    authority.close();
    const second = await openSigningAuthority(firm.context, credentials, [id]);
    const { key } = second.take(id);
    firm.context.tokens.close();
    const late = 'sign' in key ? key.sign({ scheme: 'pkcs1', digest: 'sha256' }, Buffer.from('x')) : Promise.resolve();
    await expect(late).rejects.toThrow(refused('TOKEN_MODULE_FAILED'));
    second.close();
  });

  test('is listed beside those in the vault, with what else lies on the token', async () => {
    await withTokenSigner();
    const { certificates, failed } = await listCertificates(firm.context, [
      { module: '/nowhere.so', parameters: null },
    ]);
    expect(failed).toEqual([{ module: '/nowhere.so', code: 'TOKEN_MODULE_MISSING' }]);
    const shown = certificates.map(({ use, keeper, token }) => [use, keeper, token]);
    expect(shown).toContainEqual(['signing', 'vault', null]);
    expect(shown).toContainEqual(['signing', 'token', '律师证书']);
    expect(shown).toContainEqual(['encryption', 'vault', null]);
    expect(shown.filter(([use, keeper]) => use === null && keeper === 'token')).toHaveLength(2);
  });

  test('whose token is not plugged in is told so', async () => {
    const lawyer = await withTokenSigner();
    await introduce(lab.share, [firm, lead]);
    const conf = process.env['SOFTHSM2_CONF'];
    const empty = mkdtempSync(join(tmpdir(), 'lexpost-token-'));
    try {
      createSoftTokens(empty);
      await expect(send(lawyer, opening)).rejects.toThrow(refused('TOKEN_MISSING'));
    } finally {
      process.env['SOFTHSM2_CONF'] = conf;
      rmSync(empty, { recursive: true, force: true });
    }
  });
});

describe.skipIf(!ready)('a vault whose decryption key lies on a token', () => {
  const answer = (matter: MatterId) =>
    send(lead, { target: { matter }, act: 'receipt', form: FILE_REVIEW['registered'] ?? {} });

  test('keeps what comes in until its PIN is given, and rejects none of it', async () => {
    await withTokenReader();
    await introduce(lab.share, [firm, lead]);
    await unlockReading(firm.context, pin());
    const { matter } = await send(firm, opening);
    await settle([firm, lead]);
    firm.context.tokens.close();

    const { m } = await answer(matter);
    await sync(lead.context);
    const waiting = await sync(firm.context);
    expect(waiting.failed.map(({ code }) => code)).toContain('TOKEN_PIN_NEEDED');
    expect(waiting.received).toMatchObject({ rejected: 0, accepted: 0 });
    expect(findMessage(firm.context.vault.read, m)).toBeNull();

    await expect(unlockReading(firm.context, Buffer.from('000000'))).rejects.toThrow(refused('TOKEN_PIN_WRONG'));
    await unlockReading(firm.context, pin());
    await settle([firm, lead]);
    const row = findMessage(firm.context.vault.read, m);
    expect(row).toMatchObject({ status: 'accepted' });
    expect((row?.body.recipients ?? []).map(({ certificate }) => certificate)).toContain(reading.sha256);
  });

  test('goes on where it stopped when the token was pulled out while opening', async () => {
    await withTokenReader();
    await introduce(lab.share, [firm, lead]);
    await unlockReading(firm.context, pin());
    const { matter } = await send(firm, opening);
    await settle([firm, lead]);
    const { m } = await answer(matter);
    await sync(lead.context);
    shim.set('removed');
    const cut = await sync(firm.context);
    expect(cut.failed.map(({ code }) => code)).toContain('TOKEN_REMOVED');
    shim.set('');
    expect((await sync(firm.context)).failed.map(({ code }) => code)).toContain('TOKEN_PIN_NEEDED');
    await unlockReading(firm.context, pin());
    await settle([firm, lead]);
    expect(findMessage(firm.context.vault.read, m)).toMatchObject({ status: 'accepted' });
  });

  test('still reads by the software key what was sealed for that one', async () => {
    await introduce(lab.share, [firm, lead]);
    const { matter } = await send(firm, opening);
    await settle([firm, lead]);
    await withTokenReader();
    const { m } = await answer(matter);
    await sync(lead.context);
    await sync(firm.context);
    expect(findMessage(firm.context.vault.read, m)).toMatchObject({ status: 'accepted' });
  });

  test('stays with the software key where the token cannot open packages', async () => {
    const before = await listCertificates(firm.context);
    const choice = { setting: setting(), pin: pin(), certificate: '03' };
    expect(await adoptReadingKey(firm.context, choice)).toMatchObject({ adopted: false });
    const { certificates } = await listCertificates(firm.context);
    const software = ({ use, keeper }: (typeof certificates)[number]): boolean =>
      use === 'encryption' && keeper === 'vault';
    expect(certificates.find(software)).toEqual(before.certificates.find(software));
    shim.set('oaep');
    expect(await adoptReadingKey(firm.context, { ...choice, pin: pin() })).toMatchObject({ adopted: true });
  });
});
