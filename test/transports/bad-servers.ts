import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Mailbox, MailboxEntry, MailboxName } from '../../electron/exchange/mailbox.ts';
import { randomMailboxName } from '../../electron/exchange/mailbox-name.ts';
import { bufferSource, readAll } from '../../electron/files/bytes.ts';
import type { OfficeContext } from '../../electron/usecases/context.ts';
import { listRejected } from '../../electron/usecases/list-rejected.ts';
import { openMailbox } from '../../electron/usecases/open-mailbox.ts';
import { showMessage } from '../../electron/usecases/show-message.ts';
import { sync } from '../../electron/usecases/sync.ts';
import { listOpenAlarms } from '../../electron/vault/repositories/alarms.ts';
import { listChannels } from '../../electron/vault/repositories/channels.ts';
import { findMessage } from '../../electron/vault/repositories/messages.ts';
import { AppError } from '../../shared/errors.ts';
import { createI18n, LANGUAGES } from '../../shared/i18n/create-i18n.ts';
import type { Address, M } from '../../shared/model/brand.ts';
import type { ChannelKind } from '../../shared/model/channel-config.ts';
import { type Lab, OFFICES, type Party, send } from '../fixtures/exchange-lab.ts';
import { addressOf } from '../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../fixtures/forms.ts';
import { type Pair, ROUTE, setRoute } from './add-pair.ts';
import { FAULTS } from './faults.ts';
import type { StartedPlace } from './servers.ts';

/** Two offices that reach each other over a server of the test's. */
export interface Meeting {
  readonly kind: ChannelKind;
  readonly dir: string;
  readonly server: StartedPlace;
  readonly lab: Lab;
  readonly pair: Pair;
}

const DAY = 24 * 3600_000;
const LONGEST = 60_000;
/** Twice the longest that a file may look unfinished. */
const GIVEN_UP = 2 * 3600_000;
const texts = LANGUAGES.map((language) => createI18n(language).t);

/** A fault of a server or of what we know of it: a clear state, nothing lost, nothing accepted; mended, all goes on. */
export function describeFaults(kind: ChannelKind, meeting: () => Meeting): void {
  describe('while there is', () => {
    for (const { name, code, reason, polling, skip, meet } of FAULTS[kind]) {
      test.skipIf(skip)(`${name}, a message waits with ${code}; mended, it arrives once`, async () => {
        const { server, dir, pair, lab } = meeting();
        const { firm, lead } = pair;
        const faulty = meet(server, dir);
        setRoute(firm, kind, faulty);
        const m = await submit(pair);
        const { posted, unreachable } = await sync(firm.context);
        expect(posted).toBe(0);
        expect(unreachable).toContainEqual({ channel: null, office: lead.office.id, code });
        expect(unreachable.filter(({ channel }) => channel === ROUTE)).toEqual(
          polling === 'down' ? [{ channel: ROUTE, office: null, code }] : [],
        );
        const { delivery, attempts, copies } = showMessage(firm.context, m);
        expect(delivery).toMatchObject([{ office: lead.office.id, status: 'queued', colour: 'grey' }]);
        expect(attempts).toMatchObject([{ office: lead.office.id, channel: ROUTE, kind, code }]);
        expect(copies).toMatchObject([{ state: 'queued', attempts: 1, lastError: code }]);
        for (const t of texts) expect(t(`errors.${code}`, { reason })).not.toMatch(/errors\.|\{\{/);
        // Until its time it is left alone, and then tried again.
        expect(Date.parse(copies[0]?.nextAt ?? '')).toBeGreaterThan(lab.clock.now.getTime());
        await sync(firm.context);
        expect(showMessage(firm.context, m).attempts).toHaveLength(1);
        lab.later(60_000);
        await sync(firm.context);
        expect(showMessage(firm.context, m).attempts).toHaveLength(2);
        expect(await takenIn(lead, m)).toBe(false);

        setRoute(firm, kind, server.config);
        expect((await sync(firm.context, { force: true })).unreachable).toEqual([]);
        await syncUntil(pair, () => colourOf(firm, m) === 'green');
        expect(showMessage(firm.context, m).delivery).toMatchObject([{ status: 'delivered' }]);
        expect(rejectedBy(pair)).toEqual([]);
      });
    }
  });
}

/** What the keeper of a server may do with what lies there. */
export function describeHostileKeeper(meeting: () => Meeting): void {
  describe('a keeper who', () => {
    test('plays an old package again moves nothing', async () => {
      const { pair, keeper, m, bytes } = await onTheWay(meeting());
      await syncUntil(pair, () => colourOf(pair.firm, m) === 'green');
      const before = showMessage(pair.lead.context, m);
      await keeper.plant(addressOf(pair.lead), bytes);
      await keeper.plant(addressOf(pair.lead), bytes);
      expect(await receive(pair.lead, 2)).toEqual({ duplicate: 2 });
      expect({ ...showMessage(pair.lead.context, m), receipts: [] }).toEqual({ ...before, receipts: [] });
    });

    test('hands over a package of somebody else gets it turned away unread', async () => {
      const { pair, keeper, m, bytes } = await onTheWay(meeting());
      await syncUntil(pair, () => colourOf(pair.firm, m) === 'green');
      const third = await meeting().lab.addOffice(OFFICES.pickUp);
      setRoute(third, meeting().kind, meeting().server.config, []);
      await keeper.plant(addressOf(third), bytes);
      expect(await receive(third, 1)).toEqual({ rejected: 1 });
      expect(listRejected(third.context).items.map(({ code }) => code)).toEqual(['PACKAGE_NOT_FOR_ME']);
      expect(findMessage(third.context.vault.read, m)).toBeNull();
      expect((await sync(third.context)).posted).toBe(0);
    });

    test('alters a package, cuts it short or puts rubbish in its place has nothing of it accepted, and the true one still counts', async () => {
      const { lab } = meeting();
      const { pair, keeper, m, bytes } = await onTheWay(meeting());
      await keeper.takeAway(addressOf(pair.lead), 1);
      const altered = Buffer.from(bytes);
      altered[bytes.length >> 1] = (altered[bytes.length >> 1] ?? 0) ^ 1;
      await keeper.plant(addressOf(pair.lead), altered);
      await keeper.plant(addressOf(pair.lead), bytes.subarray(0, bytes.length >> 1));
      await keeper.plant(addressOf(pair.lead), Buffer.alloc(5000, 'rubbish'));
      const before = new Set(listRejected(pair.lead.context).items.map(({ digest }) => digest));
      // From when it is first seen, what may still be being written has its time.
      await keeper.find(addressOf(pair.lead), 3);
      await sync(pair.lead.context);
      lab.later(GIVEN_UP);
      await receive(pair.lead, 1);
      expect(findMessage(pair.lead.context.vault.read, m)).toBeNull();
      const fresh = listRejected(pair.lead.context).items.filter(({ digest }) => !before.has(digest));
      expect(fresh).toHaveLength(3);
      await keeper.plant(addressOf(pair.lead), bytes);
      await syncUntil(pair, () => colourOf(pair.firm, m) === 'green');
      expect(showMessage(pair.lead.context, m).row.m).toBe(m);
    });

    test('keeps every receipt back leaves the message orange, then on record as expired, and a late receipt heals it', async () => {
      const { pair, lab } = meeting();
      const { firm, lead } = pair;
      const keeper = await keeperOf(meeting());
      const m = await submit(pair);
      await sync(firm.context);
      await receive(lead, 1);
      await keeper.takeAway(addressOf(firm), 1);
      const alone = async () => {
        await keeper.takeAway(addressOf(firm), 0);
        return sync(firm.context);
      };
      await alone();
      expect(showMessage(firm.context, m).delivery).toMatchObject([{ status: 'posted', colour: 'orange' }]);
      const record = async (field: 'overdue' | 'undelivered'): Promise<number> => {
        let sum = 0;
        // Two working days are four at a weekend.
        for (let day = 0; day < 5 && sum === 0; day++) {
          lab.later(DAY);
          sum += (await alone())[field];
        }
        return sum;
      };
      expect(await record('overdue')).toBeGreaterThan(0);
      expect(listOpenAlarms(firm.context.vault.read).map(({ code }) => code)).toContain('DELIVERY_OVERDUE');
      expect(await record('undelivered')).toBeGreaterThan(0);
      const shown = showMessage(firm.context, m);
      expect(shown.delivery).toMatchObject([{ status: 'expired', colour: 'red' }]);
      expect(shown.nonDeliveries).toMatchObject([
        { body: { record: { provesNot: 'anything-against-the-recipient' } } },
      ]);
      // It was posted once more, and the keeper has lost interest.
      await syncUntil(pair, () => colourOf(firm, m) === 'green');
      expect(showMessage(firm.context, m).nonDeliveries).toHaveLength(1);
    });

    test('lets one entry fail does not keep back those behind it, and of a route that dies nothing else is said', async () => {
      const { pair } = meeting();
      const { firm, lead } = pair;
      const keeper = await keeperOf(meeting());
      const first = await submit(pair);
      await sync(firm.context);
      await keeper.find(addressOf(lead), 1);
      const second = await submit(pair);
      await sync(firm.context);
      const broken = (await keeper.find(addressOf(lead), 2))[0]?.name ?? '';
      let isDead = false;
      const { mailboxes } = lead.context;
      const context: OfficeContext = {
        ...lead.context,
        mailboxes: {
          ...mailboxes,
          open: async (channel) => failing(await mailboxes.open(channel), broken, () => isDead),
        },
      };
      const failed = [{ name: broken, code: 'ROUTE_UNAVAILABLE' }];
      expect(await sync(context)).toMatchObject({ received: { accepted: 1 }, unreachable: [], failed });
      isDead = true;
      expect(await sync(context)).toMatchObject({
        received: { accepted: 0 },
        unreachable: [{ channel: ROUTE, code: 'ROUTE_UNAVAILABLE' }],
        failed: [],
      });
      await syncUntil(pair, () => [first, second].every((m) => colourOf(firm, m) === 'green'));
    });
  });
}

async function submit({ firm, lead }: Pair): Promise<M> {
  const target = { type: 'file-review', to: [lead.office.id] } as const;
  const { m } = await send(firm, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {}, documents: [] });
  return m;
}

/** A message that lies at the server, and a copy of it in its keeper's hands. */
async function onTheWay(meeting: Meeting) {
  const { pair } = meeting;
  const keeper = await keeperOf(meeting);
  const m = await submit(pair);
  await sync(pair.firm.context);
  return { pair, keeper, m, bytes: await keeper.copy(addressOf(pair.lead)) };
}

const colourOf = ({ context }: Party, m: M): string | undefined => showMessage(context, m).delivery[0]?.colour;

const rejectedBy = ({ firm, lead }: Pair) => [firm, lead].flatMap(({ context }) => listRejected(context).items);

/** Whether an office that polls now has the message. */
async function takenIn({ context }: Party, m: M): Promise<boolean> {
  await sync(context);
  return findMessage(context.vault.read, m) !== null;
}

/** Mail takes its time. */
async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + LONGEST;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await sleep(100);
  }
}

/** Both offices sync until it is so. */
export const syncUntil = ({ firm, lead }: Pair, isDone: () => boolean): Promise<true> =>
  until('delivered', async () => {
    for (const { context } of [firm, lead]) await sync(context, { force: true });
    return isDone() ? true : null;
  });

/** What becomes of the next so many packages that an office takes in. */
async function receive({ context }: Party, count: number): Promise<Record<string, number>> {
  const sum: Record<string, number> = {};
  await until(`${count} packages`, async () => {
    const { received } = await sync(context);
    for (const [kind, number] of Object.entries(received)) {
      if (number > 0) sum[kind] = (sum[kind] ?? 0) + number;
    }
    return Object.values(sum).reduce((all, one) => all + one, 0) >= count ? true : null;
  });
  return sum;
}

interface Keeper {
  /** Waits until so many lie at an address. */
  readonly find: (address: Address, count: number) => Promise<MailboxEntry[]>;
  readonly copy: (address: Address) => Promise<Buffer>;
  readonly plant: (address: Address, bytes: Buffer) => Promise<void>;
  /** Takes away all that lies there, at least `count` packages. */
  readonly takeAway: (address: Address, count: number) => Promise<void>;
}

/** Whoever runs the server can do what any client of it can, at any address. */
async function keeperOf({ pair }: Meeting): Promise<Keeper> {
  const [channel] = listChannels(pair.lead.context.vault.read);
  if (channel === undefined) throw new Error('no route');
  const box = await openMailbox(channel);
  onTestFinished(() => box.close());
  const find: Keeper['find'] = (address, count) =>
    until(`${count} entries`, async () => {
      const entries = await box.list(address);
      return entries.length >= count ? entries : null;
    });
  return {
    find,
    copy: async (address) => {
      const [entry] = await find(address, 1);
      const source = await box.open(address, entry?.name ?? '');
      if (source === null) throw new Error('gone');
      const bytes = await readAll(source, 1024 * 1024);
      await source.close();
      return bytes;
    },
    plant: (address, bytes) => box.put(address, randomMailboxName(), bufferSource(bytes)),
    takeAway: async (address, count) => {
      for (const { name } of await find(address, count)) await box.remove(address, name);
    },
  };
}

/** One entry cannot be read; or none, and nothing can be listed either. */
function failing(box: Mailbox, broken: MailboxName, isDead: () => boolean): Mailbox {
  let hasListed = false;
  const down = (): AppError => new AppError('ROUTE_UNAVAILABLE', { reason: 'cut' });
  return {
    ...box,
    list: async (address) => {
      if (isDead() && hasListed) throw down();
      hasListed = true;
      return box.list(address);
    },
    open: async (address, name) => {
      if (isDead() || name === broken) throw down();
      return box.open(address, name);
    },
  };
}
