import type { MatterId, OfficeId } from '../../../shared/model/brand.ts';
import type { Act } from '../../../shared/model/vocabulary.ts';
import { isAwaited } from '../../../shared/procedures/awaited-act.ts';
import { findProcedure } from '../../../shared/procedures/find-procedure.ts';
import type { MatterFold } from '../../../shared/procedures/fold-matter.ts';
import type { MatterClock } from '../../../shared/procedures/matter-clock.ts';
import { roleOf } from '../../../shared/procedures/role-of.ts';
import { worstColour } from '../../exchange/delivery.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { countUnopened, type DeskRow, type EndedClock, NO_DUE, PAUSED } from '../../vault/repositories/desk-list.ts';
import { findMatter, listParticipants, type MatterRow } from '../../vault/repositories/matters.ts';
import { listMessagesOfMatter } from '../../vault/repositories/messages.ts';
import { findOffice } from '../../vault/repositories/offices.ts';
import { allowedActs } from '../matters/allowed-acts.ts';
import { deliveryOf } from '../matters/delivery-of.ts';
import { findOpening } from '../matters/find-opening.ts';
import { computeMatter } from '../matters/recount-matter.ts';

/** A clock as a row keeps it. */
export interface DeskClock extends MatterClock {
  readonly owner: OfficeId | null;
}

export interface DerivedDesk {
  readonly row: DeskRow;
  readonly ended: readonly EndedClock[];
}

/** What lists say of a matter, computed by its procedure from what is counted here; null where there is no such matter. */
export function deriveDeskRow(db: ReadableDb, id: MatterId, own: OfficeId, now: Date): DerivedDesk | null {
  const matter = findMatter(db, id);
  if (matter === null) return null;
  const { fold } = computeMatter(db, matter);
  const clocks = ownedClocks(db, matter, fold);
  const first = firstToEnd(clocks);
  const allowed = allowedActs(db, matter, now);
  const final = fold.procedure?.states.some((one) => one.id === fold.state && one.kind === 'final') ?? false;
  const sent = listMessagesOfMatter(db, id).findLast(({ kind, direction }) => kind === 'act' && direction === 'out');
  const counterpart = matter.lead === own ? matter.opener : matter.lead;
  const opening = findOpening(db, id);
  return {
    row: {
      matter: id,
      type: matter.type,
      subtype: (fold.procedure ?? (opening === null ? null : findProcedure(matter.type, opening.form)))?.subtype ?? '',
      title: matter.title,
      state: fold.state,
      final,
      turn: turnOf(
        final,
        allowed.map(({ act }) => act),
        clocks,
        own,
      ),
      counterpart,
      counterpartRegion: findOffice(db, counterpart)?.region ?? '',
      due: first === null ? NO_DUE : (first.due ?? PAUSED),
      clock: first === null ? null : JSON.stringify(first),
      act: allowed[0]?.id ?? null,
      colour: sent === undefined ? null : colourOf(db, sent),
      lastM: sent?.m ?? null,
      unopened: countUnopened(db, id, own),
      openedAt: matter.openedAt,
      updatedAt: matter.updatedAt,
    },
    ended: clocks.flatMap(endOf),
  };
}

/** The clocks of a matter, with the office whose duty each is. */
export function ownedClocks(
  db: ReadableDb,
  matter: MatterRow,
  { clocks, procedure, opening }: MatterFold,
): DeskClock[] {
  if (procedure === null || opening === null) return [];
  const offices = listParticipants(db, matter.id);
  return clocks.map((clock) => ({
    ...clock,
    owner: offices.find((office) => roleOf(matter, procedure, opening, office) === clock.who) ?? null,
  }));
}

/** Running before paused: a date is nearer than none. */
function firstToEnd(clocks: readonly DeskClock[]): DeskClock | null {
  const running = clocks.filter(({ state, due }) => state === 'running' && due !== null);
  const [first] = [...running].sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1));
  return first ?? clocks.find(({ state }) => state === 'paused') ?? null;
}

function colourOf(db: ReadableDb, row: Parameters<typeof deliveryOf>[1]): string | null {
  const delivery = deliveryOf(db, row);
  return delivery.length === 0 ? null : worstColour(delivery);
}

/** Whose move it is: whoever a running period binds; without one, ours where something is awaited of us. */
function turnOf(final: boolean, allowed: readonly Act[], clocks: readonly DeskClock[], own: OfficeId): DeskRow['turn'] {
  if (final) return 'none';
  const running = clocks.filter(({ state }) => state === 'running');
  if (running.some(({ owner }) => owner === own)) return 'ours';
  const able = allowed.some(isAwaited);
  return able && running.length === 0 ? 'ours' : 'theirs';
}

function endOf({ id, turn, state, late, endedAt }: DeskClock): EndedClock[] {
  if (state !== 'met' || endedAt === null) return [];
  return [{ clock: id, turn, month: endedAt.slice(0, 7), met: !late }];
}
