import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFolderMailbox } from '../../../electron/exchange/folder-mailbox.ts';
import type { Mailbox } from '../../../electron/exchange/mailbox.ts';
import { fileSource } from '../../../electron/files/bytes.ts';
import { applyOffer } from '../../../electron/usecases/incoming/apply-offer.ts';
import type { Candidate } from '../../../electron/usecases/incoming/candidate.ts';
import { decideFetch } from '../../../electron/usecases/incoming/fetch-decision.ts';
import { listRejected } from '../../../electron/usecases/list-rejected.ts';
import { findOwnQuota, findQuota, setQuota } from '../../../electron/usecases/office/quota.ts';
import { remindRecipients } from '../../../electron/usecases/remind-recipients.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { findOfferOf, insertOffer, sumOffered } from '../../../electron/vault/repositories/offers.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Instant, M, OfficeId, Sha256 } from '../../../shared/model/brand.ts';
import type { OfferMessage } from '../../../shared/model/message.ts';
import { createLab, introduce, type Lab, OFFICES, type Party, send } from '../../fixtures/exchange-lab.ts';
import { addressOf } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

const MiB = 1024 * 1024;
const SIZE = 300 * MiB;
const DAY = 24 * 3600_000;

let lab: Lab;
let firm: Party;
let lead: Party;
let fetched = 0;

function countingMailbox(): Mailbox {
  const box = openFolderMailbox(lab.share);
  return {
    ...box,
    open: async (address, name) => {
      const source = await box.open(address, name);
      if (source === null) return null;
      return {
        ...source,
        read: async (target, position) => {
          const got = await source.read(target, position);
          fetched += got;
          return got;
        },
      };
    },
  };
}

beforeEach(async () => {
  lab = createLab();
  fetched = 0;
  firm = await lab.addOffice(OFFICES.firm);
  lead = await lab.addOffice(OFFICES.procuratorate, { context: { openMailbox: async () => countingMailbox() } });
  await introduce(lab.share, [firm, lead]);
});
afterEach(() => lab.close());

/** A dossier of 300 MB in the lead's mailbox, with the offer beside it. */
async function post(): Promise<M> {
  const path = join(lab.dir, 'dossier.bin');
  const file = openSync(path, 'w');
  const part = Buffer.alloc(MiB, 7);
  for (let at = 0; at < SIZE; at += MiB) writeSync(file, part);
  closeSync(file);
  const source = await fileSource(path);
  const { m } = await send(firm, {
    target: { type: 'file-review', to: [lead.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
    documents: [{ source, name: '卷宗.bin', kind: 'other', mediaType: 'application/octet-stream' }],
  });
  await source.close();
  await sync(firm.context, { maxRounds: 3 });
  return m;
}

const mailbox = () => join(lab.share, addressOf(lead), 'new');
const waiting = () =>
  readdirSync(mailbox()).map((name) => ({ path: join(mailbox(), name), size: statSync(join(mailbox(), name)).size }));
const large = () => waiting().filter(({ size }) => size > LIMITS.unoffered);
const reasons = () => listRejected(lead.context).items.map(({ code }) => code);
const isHere = (m: M) => findMessage(lead.context.vault.read, m) !== null;

/** The lead takes the offer in before the package comes. */
async function offerFirst(): Promise<() => void> {
  const [dossier] = large();
  if (dossier === undefined) throw new Error('no package');
  const aside = join(lab.dir, 'aside');
  renameSync(dossier.path, aside);
  await sync(lead.context);
  return () => renameSync(aside, dossier.path);
}

function replaceOffer(change: { readonly size?: number; readonly digest?: Sha256 }): void {
  lead.context.vault.write((db) => {
    const offer = db.get<{ m: M; message: M; size: number; digest: Sha256 }>('SELECT * FROM offers');
    if (offer === null) throw new Error('no offer');
    db.run('DELETE FROM offers');
    const { m, message, size, digest } = { ...offer, ...change };
    insertOffer(db, {
      m,
      message,
      size,
      digest,
      office: firm.office.id,
      receivedAt: lab.clock.now.toISOString() as Instant,
    });
  });
}

describe('a package of 300 MB', () => {
  test('is fetched once its offer is here, and not again when the same message comes once more', async () => {
    const m = await post();
    expect(large()).toHaveLength(1);
    await sync(lead.context, { maxRounds: 3 });
    expect([isHere(m), large()]).toEqual([true, []]);
    expect(sumOffered(lead.context.vault.read, firm.office.id)).toBe(0);
    // Its receipt is lost: the firm posts it again, in another envelope.
    rmSync(join(lab.share, addressOf(firm), 'new'), { recursive: true });
    mkdirSync(join(lab.share, addressOf(firm), 'new'));
    expect(await remindRecipients(firm.context, m, 'test')).toBe(1);
    await sync(firm.context, { maxRounds: 3 });
    expect(large()).toHaveLength(1);
    fetched = 0;
    await sync(lead.context, { maxRounds: 3 });
    expect(large()).toEqual([]);
    expect(fetched).toBeLessThan(4 * MiB);
    await sync(firm.context);
    expect(findMessage(firm.context.vault.read, m)?.counted).toBe(true);
  });

  test('waits for seven days without one, costs its header alone, and is turned away with the reason', async () => {
    const m = await post();
    for (const { path, size } of waiting()) if (size < LIMITS.unoffered) rmSync(path);
    await sync(lead.context);
    lab.later(6 * DAY);
    await sync(lead.context);
    expect([isHere(m), large().length, reasons()]).toEqual([false, 1, []]);
    lab.later(2 * DAY);
    await sync(lead.context);
    expect([isHere(m), large(), reasons()]).toEqual([false, [], ['OFFER_MISSING']]);
    expect(fetched).toBeLessThan(8 * MiB);
  });

  test('of another size than was offered is not fetched', async () => {
    const m = await post();
    const bring = await offerFirst();
    replaceOffer({ size: SIZE + 1 });
    bring();
    fetched = 0;
    await sync(lead.context);
    expect([isHere(m), large().length]).toEqual([false, 1]);
    expect(fetched).toBeLessThan(4 * MiB);
  });

  test('of another digest than was offered is not used', async () => {
    const m = await post();
    const bring = await offerFirst();
    replaceOffer({ digest: 'e'.repeat(64) as Sha256 });
    bring();
    await sync(lead.context);
    await sync(lead.context);
    expect([isHere(m), large().length, reasons()]).toEqual([false, 1, []]);
    // Its offer may still come; what waits for it is let go after the time of offers
    lab.later(8 * DAY);
    await sync(lead.context);
    expect([isHere(m), reasons()]).toEqual([false, ['OFFER_MISMATCH']]);
    await sync(lead.context);
    expect(large()).toEqual([]);
  });

  test('of a size that another office announced, truly or not, is lost to its recipient', async () => {
    const target = { type: 'file-review', to: [lead.office.id] } as const;
    const { m: known } = await send(firm, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {} });
    await sync(firm.context);
    await sync(lead.context);
    const m = await post();
    const size = large()[0]?.size ?? 0;
    const late = waiting().filter((file) => file.size < LIMITS.unoffered);
    for (const [index, { path }] of late.entries()) renameSync(path, join(lab.dir, `late ${index}`));
    const announce = (label: string, message: M): void => {
      const digest = label.repeat(64) as Sha256;
      const receivedAt = lab.clock.now.toISOString() as Instant;
      const offer = { m: digest as string as M, message, size, digest, office: OFFICES.pickUp.id, receivedAt };
      lead.context.vault.write((db) => insertOffer(db, offer));
    };
    // As the repetition of something that is here, then as something else of the same size
    announce('a', known);
    await sync(lead.context);
    expect([isHere(known), large().length, reasons()]).toEqual([true, 1, []]);
    announce('b', 'b'.repeat(64) as M);
    await sync(lead.context);
    expect([isHere(m), large().length, reasons()]).toEqual([false, 1, []]);
    for (const [index, { path }] of late.entries()) renameSync(join(lab.dir, `late ${index}`), path);
    await sync(lead.context, { maxRounds: 3 });
    await sync(lead.context);
    expect([isHere(m), large(), reasons()]).toEqual([true, [], []]);
  });

  test('beyond the room of its office is not announced: the offer is refused and nothing is fetched', async () => {
    lead.context.vault.write((db) =>
      insertOffer(db, {
        m: 'd'.repeat(64) as M,
        message: 'd'.repeat(64) as M,
        size: LIMITS.offeredPerOffice - SIZE,
        digest: 'd'.repeat(64) as Sha256,
        office: firm.office.id,
        receivedAt: lab.clock.now.toISOString() as Instant,
      }),
    );
    const m = await post();
    const { received } = await sync(lead.context);
    expect([received.refused, isHere(m), large().length]).toEqual([1, false, 1]);
    expect(fetched).toBeLessThan(4 * MiB);
    // A person gives that office more room, and it announces the same once more
    setQuota(lead.context, firm.office.id, LIMITS.offeredPerOffice + SIZE, 'test');
    expect(await remindRecipients(firm.context, m, 'test')).toBe(1);
    await sync(firm.context, { maxRounds: 3 });
    await sync(lead.context, { maxRounds: 3 });
    expect(isHere(m)).toBe(true);
  });
});

test('the room of an office is what a person gave it, none included, until it is that of every office again', () => {
  const { read } = lead.context.vault;
  setQuota(lead.context, firm.office.id, 0, 'test');
  expect([findOwnQuota(read, firm.office.id), findQuota(read, firm.office.id)]).toEqual([0, 0]);
  setQuota(lead.context, firm.office.id, null, 'test');
  expect([findOwnQuota(read, firm.office.id), findQuota(read, firm.office.id)]).toEqual([
    null,
    LIMITS.offeredPerOffice,
  ]);
  expect(() => setQuota(lead.context, '00000000000000000X' as OfficeId, 0, 'test')).toThrow('OFFICE_UNKNOWN');
});

test('a package that another office was the first to announce, as something that is here, keeps its own offer out', async () => {
  const { vault } = lead.context;
  const target = { type: 'file-review', to: [lead.office.id] } as const;
  const { m: known } = await send(firm, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {} });
  await sync(firm.context);
  await sync(lead.context);
  const digest = 'd'.repeat(64) as Sha256;
  const announce = (label: string, office: OfficeId, message: M) => {
    const offer = { message, size: SIZE, digest };
    const receivedAt = lab.clock.now.toISOString() as Instant;
    const candidate = { m: label.repeat(64) as M, receivedAt } as Candidate;
    const author = { office, vault: `vault of ${label}`, epoch: 1 };
    return vault.write((db) => applyOffer(db, candidate, { author, offer } as OfferMessage).kind);
  };
  const wanted = 'c'.repeat(64) as M;
  expect(announce('1', OFFICES.pickUp.id, known)).toBe('accepted');
  expect(announce('2', firm.office.id, wanted)).toBe('accepted');
  expect(decideFetch(vault.read, SIZE)).toEqual({ kind: 'fetch' });
  expect(findOfferOf(vault.read, digest)).toMatchObject({ office: firm.office.id, message: wanted });
  // And the true one is not put out again.
  expect(announce('3', OFFICES.pickUp.id, known)).toBe('duplicate');
  expect(findOfferOf(vault.read, digest)).toMatchObject({ message: wanted });
});
