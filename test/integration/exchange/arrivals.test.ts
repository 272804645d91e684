import { mkdirSync, readdirSync, readFileSync, renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFolderMailbox } from '../../../electron/exchange/folder-mailbox.ts';
import { MAILBOX_LIFE } from '../../../electron/exchange/mailbox-life.ts';
import { randomMailboxName } from '../../../electron/exchange/mailbox-name.ts';
import { resealContainer } from '../../../electron/packages/seal-package.ts';
import { parseCertificate } from '../../../electron/pki/certificate.ts';
import { listRejected } from '../../../electron/usecases/list-rejected.ts';
import { createMailboxPool } from '../../../electron/usecases/mailbox-pool.ts';
import { openOfficeVault } from '../../../electron/usecases/open-office-vault.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { openBlob } from '../../../electron/vault/blobs/blob-store.ts';
import { findCurrentCard } from '../../../electron/vault/repositories/cards.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import {
  createLab,
  introduce,
  type Lab,
  OFFICES,
  PASSPHRASE,
  type Party,
  send,
  syncAll,
  textDocument,
} from '../../fixtures/exchange-lab.ts';
import { addressOf, putInto } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

let lab: Lab;
let firm: Party;
let lead: Party;
let sent: { m: M; matter: MatterId };

beforeEach(async () => {
  lab = createLab();
  firm = await lab.addOffice(OFFICES.firm);
  lead = await lab.addOffice(OFFICES.procuratorate);
  await introduce(lab.share, [firm, lead]);
  sent = await send(firm, {
    target: { type: 'file-review', to: [lead.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
    documents: [textDocument('委托书.txt', '委托张甲为辩护人')],
  });
  await sync(firm.context);
});
afterEach(() => lab.close());

const newIn = (party: Party) => join(lab.share, addressOf(party), 'new');
const fileIn = (party: Party) => join(newIn(party), readdirSync(newIn(party))[0] ?? '');
const rejected = (party: Party) => listRejected(party.context).items;
const age = (path: string, minutes: number) => {
  const then = new Date(lab.clock.now.getTime() - minutes * 60_000);
  utimesSync(path, then, then);
};
const bytesOf = (path: string) => readFileSync(path);

describe('what a mailbox brings', () => {
  test('a file that a sync tool is still writing is left alone until it is whole', async () => {
    const path = fileIn(lead);
    const whole = bytesOf(path);
    truncateSync(path, whole.length - 1000);
    age(path, 1);
    expect((await sync(lead.context)).received).toMatchObject({ accepted: 0, rejected: 0 });
    expect(readdirSync(newIn(lead))).toHaveLength(1);
    writeFileSync(path, whole);
    expect((await sync(lead.context)).received.accepted).toBe(1);
  });

  test('a file that stays cut short is turned away in the end', async () => {
    const path = fileIn(lead);
    truncateSync(path, 1000);
    expect((await sync(lead.context)).received.rejected).toBe(0);
    lab.later(61 * 60_000);
    expect((await sync(lead.context)).received.rejected).toBe(1);
    expect(rejected(lead)).toMatchObject([{ code: 'PACKAGE_TRUNCATED' }]);
    expect(readdirSync(newIn(lead))).toEqual([]);
  });

  test('a clock of the server that is years off makes no file older or younger than we have seen it', async () => {
    const path = fileIn(lead);
    truncateSync(path, 1000);
    age(path, 5 * 365 * 24 * 60);
    expect((await sync(lead.context)).received.rejected).toBe(0);
    truncateSync(path, 1100);
    age(path, -5 * 365 * 24 * 60);
    lab.later(61 * 60_000);
    // It has grown: the hour begins anew.
    expect((await sync(lead.context)).received.rejected).toBe(0);
    lab.later(61 * 60_000);
    expect((await sync(lead.context)).received.rejected).toBe(1);
  });

  test('a file that is no package leaves its digest and reason, and nothing else', async () => {
    const name = join(newIn(lead), randomMailboxName());
    writeFileSync(name, 'not a package at all, though long enough to be looked at');
    await sync(lead.context);
    expect(rejected(lead)).toEqual([]);
    lab.later(2 * 60_000);
    await sync(lead.context);
    expect(rejected(lead)).toMatchObject([{ code: 'PACKAGE_MALFORMED', size: 56 }]);
    expect(readdirSync(newIn(firm)).length).toBe(1);
  });

  test('a flipped bit anywhere in the content is found before anything of it is used', async () => {
    const path = fileIn(lead);
    const bytes = bytesOf(path);
    bytes[bytes.length - 5000] = (bytes[bytes.length - 5000] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    await sync(lead.context);
    expect(rejected(lead)).toMatchObject([{ code: 'PACKAGE_TAMPERED' }]);
    expect(readdirSync(lead.context.vault.paths.blobs).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('a package for somebody else is not opened and not answered', async () => {
    renameSync(fileIn(lead), join(lab.dir, 'stray'));
    const stray = bytesOf(join(lab.dir, 'stray'));
    const other = await lab.addOffice(OFFICES.pickUp);
    await introduce(lab.share, [other, lead]);
    await putInto(lab.share, other, stray);
    expect((await sync(other.context)).received.rejected).toBe(1);
    expect(rejected(other)).toMatchObject([{ code: 'PACKAGE_NOT_FOR_ME' }]);
  });

  test('a package that its recipient sealed again for somebody else is refused there', async () => {
    await sync(lead.context);
    const other = await lab.addOffice(OFFICES.pickUp);
    await introduce(lab.share, [firm, lead, other]);
    const card = findCurrentCard(other.context.vault.read, other.office.id)?.body.vaults[0];
    const blob = findMessage(lead.context.vault.read, sent.m)?.blob;
    if (card === undefined || blob == null) throw new Error('nothing to forward');
    const container = await openBlob(lead.context.vault, blob);
    const chunks: Buffer[] = [];
    await resealContainer({
      container,
      recipients: [parseCertificate(Buffer.from(card.encryptionCertificate, 'base64'))],
      sink: { write: async (chunk) => void chunks.push(Buffer.from(chunk)) },
    });
    await container.close();
    await putInto(lab.share, other, Buffer.concat(chunks));
    await sync(other.context);
    expect(rejected(other)).toMatchObject([{ code: 'PACKAGE_NOT_FOR_RECIPIENT' }]);
  });

  test('a crash after the commit leaves a copy behind, which goes without being taken in again', async () => {
    const bytes = bytesOf(fileIn(lead));
    const name = readdirSync(newIn(lead))[0] ?? '';
    await sync(lead.context);
    writeFileSync(join(newIn(lead), name), bytes);
    expect((await sync(lead.context)).received).toMatchObject({ accepted: 0, duplicate: 0 });
    expect(readdirSync(newIn(lead))).toEqual([]);
  });

  test('conflict copies and other files of a sync tool do not disturb', async () => {
    writeFileSync(join(newIn(lead), `${randomMailboxName()} (conflicted copy 2026-11-24)`), 'x');
    expect(await sync(lead.context)).toMatchObject({ failed: [], received: { accepted: 1, rejected: 0 } });
  });
});

describe('routes', () => {
  test('while the share is away copies wait, and a person may try again before the time', async () => {
    await syncAll([firm, lead]);
    renameSync(lab.share, `${lab.share}-away`);
    await send(firm, { target: { matter: sent.matter }, act: 'withdraw', form: {} });
    expect(await sync(firm.context)).toMatchObject({
      posted: 0,
      unreachable: [
        { office: lead.office.id, code: 'ROUTE_UNAVAILABLE' },
        { channel: 'share', code: 'ROUTE_UNAVAILABLE' },
      ],
    });
    renameSync(`${lab.share}-away`, lab.share);
    expect((await sync(firm.context)).posted).toBe(0);
    expect((await sync(firm.context, { force: true })).posted).toBe(1);
    await syncAll([firm, lead]);
    expect(showMatter(lead.context, sent.matter).matter.state).toBe('withdrawn');
  });

  test('a message for an office without a route waits for one', async () => {
    const { m } = await send(firm, { target: { matter: sent.matter }, act: 'withdraw', form: {} });
    firm.context.vault.write((db) => db.run('DELETE FROM office_channels WHERE office = ?', [lead.office.id]));
    expect((await sync(firm.context)).unreachable).toMatchObject([{ office: lead.office.id }]);
    expect(showMatter(firm.context, sent.matter).messages.find(({ row }) => row.m === m)?.colour).toBe('grey');
  });
});

test('a second process on the same vault is refused and told who has it', async () => {
  const second = openOfficeVault({
    dir: lead.dir,
    secret: { passphrase: PASSPHRASE },
    now: () => lab.clock.now,
    program: 'second',
  });
  await expect(second).rejects.toMatchObject({ code: 'VAULT_IN_USE', params: { program: 'test', pid: process.pid } });
});

test('another process of the office that holds a claim is left to finish', async () => {
  const [name = ''] = readdirSync(newIn(lead));
  const claimed = join(lab.share, addressOf(lead), 'claimed');
  mkdirSync(claimed, { recursive: true });
  renameSync(join(newIn(lead), name), join(claimed, `${name}.${randomMailboxName()}`));
  expect((await sync(lead.context)).received.accepted).toBe(0);
  const over = createMailboxPool(async () => openFolderMailbox(lab.share, { ...MAILBOX_LIFE, claim: 0 }));
  expect((await sync({ ...lead.context, mailboxes: over })).received.accepted).toBe(1);
});

test('nothing of a message is readable in the share or in the vault’s folders', async () => {
  await syncAll([firm, lead]);
  const secrets = ['委托张甲为辩护人', '合同诈骗', '委托书.txt', 'message.json', lead.office.name].map((text) =>
    Buffer.from(text),
  );
  const files = readdirSync(lab.dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const found = files
    // The header says whose vault it is, so that a passphrase can be asked for.
    .filter(({ name }) => name !== 'vault.json')
    .filter((file) => secrets.some((secret) => readFileSync(join(file.parentPath, file.name)).includes(secret)))
    .map(({ name }) => name);
  expect(found).toEqual([]);
});
