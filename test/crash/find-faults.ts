import { isDeepStrictEqual } from 'node:util';
import { exchangeStatus } from '../../electron/usecases/exchange-status.ts';
import { deliveryOf } from '../../electron/usecases/matters/delivery-of.ts';
import { showMatter } from '../../electron/usecases/show-matter.ts';
import { verifyAudit } from '../../electron/vault/repositories/audit.ts';
import { listDuties } from '../../electron/vault/repositories/duties.ts';
import { listOpenInbox } from '../../electron/vault/repositories/inbox.ts';
import { findMatter, listMatters } from '../../electron/vault/repositories/matters.ts';
import { listMessagesOfMatter, type MessageRow } from '../../electron/vault/repositories/messages.ts';
import { listPositions } from '../../electron/vault/repositories/positions.ts';
import { listReceipts } from '../../electron/vault/repositories/receipts.ts';
import type { M, MatterId, OfficeId } from '../../shared/model/brand.ts';
import type { Party } from '../fixtures/exchange-lab.ts';
import { tagOf } from './crash-events.ts';
import type { Ledger } from './kill-often.ts';

const ALL = 100_000;

/** What a vault knows, in a form that can be compared with what another knows. */
interface View {
  readonly name: string;
  readonly party: Party;
  readonly messages: ReadonlyMap<M, MessageRow>;
  /** Messages by the intent behind them. */
  readonly byTag: ReadonlyMap<string, readonly M[]>;
}

/** Compares what quiet vaults hold with what was promised and with each other. Each fault is one line; none: all is well. */
export function findFaults(parties: readonly Party[], ledger: Ledger): string[] {
  const views = parties.map(viewOf);
  return [
    ...views.flatMap(findOwnFaults),
    ...findLost(views, ledger),
    ...findDoubles(views, ledger),
    ...findDifferences(views),
    ...views.flatMap((view) => findUndelivered(view, views)),
  ];
}

function viewOf(party: Party): View {
  const { read } = party.context.vault;
  const rows = listMatters(read, {}, ALL).items.flatMap(({ id }) => listMessagesOfMatter(read, id));
  const messages = rows.filter(({ kind }) => kind === 'act' || kind === 'enclosure');
  const byTag = new Map<string, M[]>();
  for (const { m, kind, body } of messages) {
    const tag = tagOf(body.documents[0]?.name ?? '');
    if (tag === null) continue;
    const key = `${tag} ${kind}`;
    byTag.set(key, [...(byTag.get(key) ?? []), m]);
  }
  return { name: party.dir, party, messages: new Map(messages.map((row) => [row.m, row])), byTag };
}

function findOwnFaults({ name, party: { context } }: View): string[] {
  const { read } = context.vault;
  const { vault, alarms, nextPosting, frozen } = exchangeStatus(context);
  const count = (sql: string): number => read.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)?.n ?? -1;
  verifyAudit(read);
  const mustBeNone: Readonly<Record<string, number>> = {
    'vaults not active': vault.state === 'active' ? 0 : 1,
    alarms: alarms.length,
    'copies not posted': nextPosting === null ? frozen : frozen + 1,
    duties: listDuties(read, ALL).length,
    'open inbox items': listOpenInbox(read).length,
    'rejected packages': count('rejected'),
    'messages not accepted': count("messages WHERE status <> 'accepted'"),
    'receipts without their container': count('receipts WHERE blob IS NULL'),
    'messages without their container': count('messages WHERE blob IS NULL'),
    'packages kept for nothing': count('packages'),
    'blobs that nothing refers to': count(
      `blobs b WHERE NOT EXISTS (SELECT 1 FROM messages WHERE blob = b.id)
         AND NOT EXISTS (SELECT 1 FROM receipts WHERE blob = b.id) AND NOT EXISTS (SELECT 1 FROM cards WHERE blob = b.id)`,
    ),
    'blobs whose file is gone': context.vault.swept.missing.length,
  };
  return Object.entries(mustBeNone).flatMap(([what, many]) => (many === 0 ? [] : [`${name}: ${many} ${what}`]));
}

/** Whom a message was sealed for, its author's office included. */
function isFor(office: OfficeId, { body }: MessageRow): boolean {
  return body.author.office === office || body.recipients.some((one) => one.office === office);
}

function findLost(views: readonly View[], { sent }: Ledger): string[] {
  const known = new Map(views.flatMap(({ messages }) => [...messages]));
  return [...sent].flatMap(([tag, { m, enclosures }]) =>
    [m, ...enclosures].flatMap((one) => {
      const row = known.get(one);
      if (row === undefined) return [`${tag}: ${one} was reported and is nowhere`];
      const holders = views.filter(({ party }) => isFor(party.office.id, row));
      return holders.flatMap(({ name, messages }) =>
        messages.has(one) ? [] : [`${tag}: ${one} is missing in ${name}`],
      );
    }),
  );
}

function findDoubles(views: readonly View[], { begun, refused }: Ledger): string[] {
  return views.flatMap(({ name, byTag }) =>
    [...byTag].flatMap(([key, ms]) => {
      const tag = key.split(' ')[0] ?? '';
      if (ms.length > 1) return [`${name}: ${key} became ${ms.length} messages`];
      return begun.has(tag) && !refused.has(tag) ? [] : [`${name}: ${key} was never meant to be sent`];
    }),
  );
}

function findDifferences(views: readonly View[]): string[] {
  const ids = new Set(
    views.flatMap(({ party }) => listMatters(party.context.vault.read, {}, ALL).items.map(({ id }) => id)),
  );
  return [...ids].flatMap((id) => {
    const without = views.filter(({ party }) => findMatter(party.context.vault.read, id) === null);
    if (without.length > 0) return without.map(({ name }) => `${name}: ${id} is unknown`);
    return [...findUneven(views, id), ...findDisorder(views, id)];
  });
}

function findUneven(views: readonly View[], matter: MatterId): string[] {
  const all = new Map(views.flatMap(({ messages }) => [...messages].filter(([, row]) => row.matter === matter)));
  return views.flatMap(({ name, party, messages }) =>
    [...all].flatMap(([m, row]) => {
      if (isFor(party.office.id, row) !== messages.has(m))
        return [`${name}: ${m} is here or not, and should not be so`];
      const here = messages.get(m);
      const isSame = here === undefined || isDeepStrictEqual(here.body, row.body);
      return isSame ? [] : [`${name}: ${m} says something else here`];
    }),
  );
}

function findDisorder(views: readonly View[], matter: MatterId): string[] {
  const shown = views.map(({ name, party: { context } }) => {
    const { matter: row, messages, gap, conflict } = showMatter(context, matter);
    const positions = listPositions(context.vault.read, matter);
    const acts = messages.filter((one) => one.row.kind === 'act');
    const order = JSON.stringify([
      row.state,
      row.countedPos,
      positions.map(({ pos, message, receipt }) => [pos, message, receipt]),
      acts.map((one) => [one.row.m, one.pos, one.row.counted, one.row.voidCode, one.voidReason]),
    ]);
    const isDense = positions.length === acts.length && positions.every(({ pos }, index) => pos === index + 1);
    const isUnique = new Set(positions.map(({ message }) => message)).size === positions.length;
    const faults = [
      ...(isDense ? [] : [`${name}: ${acts.length} acts of ${matter} have ${positions.length} places`]),
      ...(isUnique ? [] : [`${name}: an act of ${matter} has two places`]),
      ...(row.countedPos === acts.length ? [] : [`${name}: ${matter} is counted up to ${row.countedPos} only`]),
      ...(gap === null && conflict === null ? [] : [`${name}: ${matter} has a gap or a conflict`]),
    ];
    return { name, order, faults };
  });
  const differing = shown.filter(({ order }) => order !== shown[0]?.order);
  return [
    ...shown.flatMap(({ faults }) => faults),
    ...differing.map(({ name }) => `${name}: ${matter} folds otherwise`),
  ];
}

/** Green at its author, by exactly one receipt of every vault that it went to; a registrar may have superseded its first by one with a place. */
function findUndelivered({ name, party, messages }: View, views: readonly View[]): string[] {
  const { read } = party.context.vault;
  return [...messages.values()]
    .filter(({ direction }) => direction === 'out')
    .flatMap((row) => {
      const delivery = deliveryOf(read, row);
      // The registrar's own receipt for an act of its own office gives a place and says nothing of delivery.
      const receipts = listReceipts(read, row.m).filter(
        ({ kind, office, current }) => kind === 'delivered' && office !== party.office.id && current,
      );
      const expected = views.filter(
        (view) => view.party.office.id !== party.office.id && isFor(view.party.office.id, row),
      ).length;
      const isGreen = delivery.every(({ colour }) => colour === 'green');
      return isGreen && receipts.length === expected
        ? []
        : [`${name}: ${row.m} has ${receipts.length} receipts of ${expected}, ${delivery.map(({ status }) => status)}`];
    });
}
