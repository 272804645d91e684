import type { HomeRow } from '../../../shared/ipc/channels/home.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { Instant } from '../../../shared/model/brand.ts';
import { listProcedures } from '../../../shared/procedures/find-procedure.ts';
import {
  countByRegion,
  countByState,
  countDueBetween,
  countEndedClocks,
  countVolume,
  type ListedDeskRow,
  listDesk,
  listDueBetween,
  listRefusedDesk,
  listUnopenedDesk,
  NO_DUE,
  PAUSED,
  sumDesk,
} from '../../vault/repositories/desk-list.ts';
import { listDrafts } from '../../vault/repositories/drafts.ts';
import { countRejectedSince } from '../../vault/repositories/rejected.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';
import type { DeskClock } from './derive-desk-row.ts';
import { endOfDays, momentText } from './find-matters.ts';
import { nameOffice } from './names.ts';
import { refreshDesk } from './refresh-desk.ts';
import { listStandingAlarms } from './standing-alarms.ts';
import { viewClock } from './view-matter.ts';

const SOON = 3;
const DAY = 24 * 3600_000;
const REJECTED_DAYS = 30;

/** The figures of the strip. */
export function countNeeds(context: OfficeContext): ResponseOf<'home:counts'> {
  refreshDesk(context);
  const db = context.vault.read;
  const now = context.now();
  const { refused, unopened, toAnswer } = sumDesk(db);
  const overdue = countOverdue(context);
  return {
    overdue,
    due: countDueBetween(db, '', endOfDays(now, SOON)) - overdue,
    toSign: listDrafts(db).filter(({ state }) => state === 'folder').length,
    toAnswer,
    unopened,
    refused,
    rejected: countRejectedSince(db, instantOf(new Date(now.getTime() - REJECTED_DAYS * DAY))),
    alarms: listStandingAlarms(db).length,
  };
}

/** A day of today is not over yet; an hour of today may be. */
function countOverdue({ vault, now }: OfficeContext): number {
  const db = vault.read;
  const today = endOfDays(now(), -1);
  const hours = listDueBetween(db, `${today}T`, momentText(now()), 10_000).length;
  return countDueBetween(db, '', today) + hours;
}

/**
 * What waits, the most pressing first. Each matter stands once, in the first group that it belongs to: two rows about one matter would be two things to do.
 *
 * @param limit rows of each group
 */
export function listToday(context: OfficeContext, limit: number): ResponseOf<'home:today'> {
  refreshDesk(context);
  const db = context.vault.read;
  const now = context.now();
  const [moment, today, endOfToday, endOfSoon] = [
    momentText(now),
    endOfDays(now, -1),
    endOfDays(now, 0),
    endOfDays(now, SOON),
  ];
  const row = (kind: HomeRow['kind']) => (listed: ListedDeskRow) => viewHomeRow(context, listed, kind);
  const overdue = [...listDueBetween(db, '', today, limit), ...listDueBetween(db, `${today}T`, moment, limit)];
  const refused = withoutListed((most) => listRefusedDesk(db, most), overdue, limit);
  const pressing = [...overdue.map(row('clock')), ...refused.map(row('refused'))].slice(0, limit);
  const isToCome = ({ due }: ListedDeskRow): boolean => due.length === 10 || due >= moment;
  const dueToday = withoutListed(
    (most) => listDueBetween(db, today, endOfToday, most).filter(isToCome),
    pressing,
    limit,
  );
  const totals = sumDesk(db);
  const overdueTotal = countOverdue(context);
  const toAnswer = { turn: 'ours', final: false, dueFrom: PAUSED } as const;
  const soon = withoutListed(
    (most) => listDueBetween(db, endOfToday, endOfSoon, most),
    [...pressing, ...dueToday],
    limit,
  );
  const waiting = withoutListed(
    (most) => listDesk(db, toAnswer, { by: 'updated', descending: true }, most).items,
    [...pressing, ...dueToday, ...soon],
    limit,
  );
  const above = [...pressing, ...dueToday, ...soon, ...waiting];
  const unopened = withoutListed((most) => listUnopenedDesk(db, most), above, limit);
  const paused = withoutListed((most) => listDueBetween(db, PAUSED, NO_DUE, most), [...above, ...unopened], limit);
  const next = listDueBetween(db, endOfSoon, PAUSED, 1)[0];
  return {
    now: { total: overdueTotal + totals.refused, rows: pressing },
    today: {
      total: countDueBetween(db, today, endOfToday) - (overdueTotal - countDueBetween(db, '', today)),
      rows: dueToday.map(row('clock')),
    },
    soon: {
      total: countDueBetween(db, endOfToday, endOfSoon),
      rows: soon.map(row('clock')),
    },
    paused: {
      total: countDueBetween(db, PAUSED, NO_DUE),
      rows: paused.map(row('clock')),
    },
    answer: { total: totals.toAnswer, rows: waiting.map(row('answer')) },
    new: { total: totals.mattersUnopened, rows: unopened.map(row('new')) },
    next: next === undefined ? null : { due: next.due, matter: next.matter, title: next.title },
  };
}

/** The first rows of a list that do not stand in `listed`. */
function withoutListed(
  list: (limit: number) => readonly ListedDeskRow[],
  listed: readonly Pick<ListedDeskRow, 'matter'>[],
  limit: number,
): ListedDeskRow[] {
  const known = new Set(listed.map(({ matter }) => matter));
  return list(limit + known.size)
    .filter(({ matter }) => !known.has(matter))
    .slice(0, limit);
}

function viewHomeRow({ vault, now }: OfficeContext, row: ListedDeskRow, kind: HomeRow['kind']): HomeRow {
  const db = vault.read;
  const procedure = listProcedures(row.type).find(({ subtype }) => subtype === row.subtype);
  const act = procedure?.acts.find(({ id }) => id === row.act);
  return {
    kind,
    matter: row.matter,
    title: row.title,
    type: row.type,
    subtype: row.subtype,
    state: row.state,
    office: nameOffice(db, row.counterpart),
    clock: row.clock === null ? null : viewClock(db, JSON.parse(row.clock) as DeskClock, now()),
    refused: row.colour === 'red',
    m: row.colour === 'red' ? row.lastM : null,
    at: row.updatedAt,
    turn: row.turn,
    act: act === undefined ? null : { id: act.id, act: act.act },
  };
}

/** Series of the three charts. @param months that volume and clocks reach back */
export function chartDesk(context: OfficeContext, months: number): ResponseOf<'home:charts'> {
  refreshDesk(context);
  const db = context.vault.read;
  const now = context.now();
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1, 1)).toISOString() as Instant;
  return {
    byState: countByState(db).map((entry) => ({ ...entry })),
    byRegion: countByRegion(db)
      .filter(({ region }) => region !== '')
      .map((entry) => ({ ...entry })),
    onTime: countEndedClocks(db, from.slice(0, 7)).map((entry) => ({ ...entry })),
    volume: countVolume(db, from.slice(0, 7)).map((entry) => ({ ...entry })),
  };
}

/** What filters can choose from. */
export function listFacets(context: OfficeContext): ResponseOf<'matter:facets'> {
  refreshDesk(context);
  const db = context.vault.read;
  const states = Map.groupBy(countByState(db), ({ type, state }) => `${type} ${state}`);
  return {
    states: [...states.values()].flatMap((rows) => {
      const [first] = rows;
      return first === undefined
        ? []
        : [{ type: first.type, state: first.state, total: rows.reduce((sum, { total }) => sum + total, 0) }];
    }),
    regions: countByRegion(db)
      .filter(({ region }) => region !== '')
      .map((entry) => ({ ...entry })),
  };
}
