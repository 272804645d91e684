import type { MatterFilter, MatterRowView } from '../../../shared/ipc/channels/matter.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import { natureOfDay } from '../../../shared/procedures/clock/calendar.ts';
import {
  addDays,
  type CivilDate,
  civilMomentAt,
  formatCivilMoment,
} from '../../../shared/procedures/clock/civil-date.ts';
import type { DeliveryColour } from '../../exchange/delivery.ts';
import {
  countDesk,
  type DeskFilter,
  type DeskKey,
  type DeskSort,
  type ListedDeskRow,
  listDesk,
} from '../../vault/repositories/desk-list.ts';
import { findHighlights, toSnippet } from '../../vault/search/highlight.ts';
import { findMattersByText, type MatterHit } from '../../vault/search/search-matters.ts';
import type { OfficeContext } from '../context.ts';
import type { DeskClock } from './derive-desk-row.ts';
import { nameOffice } from './names.ts';
import { refreshDesk } from './refresh-desk.ts';
import { viewClock } from './view-matter.ts';

export interface FindMatters {
  readonly filter: MatterFilter;
  readonly sort: { readonly by: DeskSort; readonly descending: boolean };
  readonly limit: number;
  readonly after: DeskKey | null;
}

const SNIPPET = 60;

/** A page of matters with how many there are. A search looks at the newest hits, some thousands, and at no more. */
export function findMatters(
  context: OfficeContext,
  { filter, sort, limit, after }: FindMatters,
): ResponseOf<'matter:list'> {
  refreshDesk(context);
  const db = context.vault.read;
  const query = filter.query?.trim() ?? '';
  const hits = query === '' ? null : findMattersByText(db, query);
  const wanted = toDeskFilter(filter, context.now(), hits);
  const { items, next } = listDesk(db, wanted, sort, limit, after);
  return {
    items: items.map((row) => viewRow(context, row, hits?.get(row.matter) ?? null, query)),
    next,
    total: countDesk(db, wanted),
  };
}

export function toDeskFilter(
  filter: MatterFilter,
  now: Date,
  hits: ReadonlyMap<MatterId, MatterHit> | null,
): DeskFilter {
  const { type, state, office, region, open, turn, dueWithin, assignee } = filter;
  return {
    ...(type === undefined ? {} : { type }),
    ...(state === undefined ? {} : { state }),
    ...(office === undefined ? {} : { counterpart: office }),
    ...(region === undefined ? {} : { region }),
    ...(open === undefined ? {} : { final: !open }),
    ...(turn === undefined ? {} : { turn }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(dueWithin === undefined ? {} : { dueBefore: endOfDays(now, dueWithin) }),
    ...(hits === null ? {} : { among: [...hits.keys()] }),
  };
}

/** What sorts behind every due date of the next `days` working days; 0: behind today; negative: what is overdue. */
export function endOfDays(now: Date, days: number): string {
  const moment = civilMomentAt(now.getTime());
  if (days < 0) return moment.date;
  let day: CivilDate = moment.date;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (natureOfDay(day).working) left--;
  }
  return addDays(day, 1);
}

/** One row as the grid shows it. */
export function viewRow(
  { vault, now }: OfficeContext,
  row: ListedDeskRow,
  hit: MatterHit | null,
  query: string,
): MatterRowView {
  const db = vault.read;
  const clock = row.clock === null ? null : viewClock(db, JSON.parse(row.clock) as DeskClock, now());
  return {
    id: row.matter,
    type: row.type,
    subtype: row.subtype,
    title: row.title,
    hit: hit === null ? null : viewHit(hit, query),
    state: row.state,
    final: row.final,
    counterpart: nameOffice(db, row.counterpart),
    turn: row.turn,
    clock:
      clock === null
        ? null
        : {
            id: clock.id,
            rule: clock.rule,
            status: clock.status,
            state: clock.state,
            due: clock.due,
            original: clock.original,
            remaining: clock.remaining,
            provisional: clock.provisional,
            overdue: clock.overdue,
            ours: clock.ours,
          },
    colour: row.colour as DeliveryColour | null,
    unopened: row.unopened,
    assignee: row.assignee,
    openedAt: row.openedAt,
    updatedAt: row.updatedAt,
  };
}

function viewHit({ text }: MatterHit, query: string): MatterRowView['hit'] {
  const fields = ['subject', 'form', 'documents', 'parties'] as const;
  const field = fields.find((name) => findHighlights(text[name], query).length > 0);
  if (field === undefined) return null;
  const { text: shown, ranges } = toSnippet(text[field], query, SNIPPET);
  return { field, text: shown, ranges: ranges.map((range) => ({ ...range })) };
}

/** The reader's moment, as due times of hours are compared. */
export function momentText(now: Date): string {
  return formatCivilMoment(civilMomentAt(now.getTime()));
}
