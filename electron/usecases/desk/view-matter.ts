import { AppError } from '../../../shared/errors.ts';
import type { ClockView } from '../../../shared/ipc/channels/clock.ts';
import type { MatterPreview, MatterView, TimelineEntry } from '../../../shared/ipc/channels/matter.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import { civilMomentAt, formatCivilMoment } from '../../../shared/procedures/clock/civil-date.ts';
import type { MatterFold } from '../../../shared/procedures/fold-matter.ts';
import { isOverdue } from '../../../shared/procedures/matter-clock.ts';
import { roleOf } from '../../../shared/procedures/role-of.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findDeskRow } from '../../vault/repositories/desk-list.ts';
import { findAssignee, listNotes } from '../../vault/repositories/desk-notes.ts';
import { listDraftsOfMatter } from '../../vault/repositories/drafts.ts';
import { findMatter, listParticipants, type MatterRow } from '../../vault/repositories/matters.ts';
import { listMessagesOfMatter } from '../../vault/repositories/messages.ts';
import type { OfficeContext } from '../context.ts';
import { allowedActs } from '../matters/allowed-acts.ts';
import { findGap } from '../matters/find-gap.ts';
import { computeMatter } from '../matters/recount-matter.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { type DeskClock, ownedClocks } from './derive-desk-row.ts';
import { nameActor, nameOffice } from './names.ts';
import { viewMessage } from './view-message.ts';

/** A clock as it stands for a reader here and now. */
export function viewClock(db: ReadableDb, clock: DeskClock, now: Date): ClockView {
  const { owner, ...facts } = clock;
  return {
    ...facts,
    pauses: [...facts.pauses],
    steps: facts.steps.map((step) => ({ ...step })),
    remaining: facts.remaining === null ? null : { ...facts.remaining },
    overdue: isOverdue(clock, formatCivilMoment(civilMomentAt(now.getTime()))),
    ours: owner === getOwnVault(db).office.id,
    owner: owner === null ? null : nameOffice(db, owner),
  };
}

/** A matter with everything in it. @throws AppError MATTER_UNKNOWN */
export function viewMatter({ vault, now }: OfficeContext, id: MatterId): MatterView {
  const db = vault.read;
  const matter = getMatter(db, id);
  const count = computeMatter(db, matter);
  const { fold, conflict } = count;
  const counted = new Map(count.acts.map((act) => [act.m, act]));
  const messages = listMessagesOfMatter(db, id)
    .filter(({ kind }) => kind === 'act' || kind === 'enclosure')
    .map((row) => {
      const act = counted.get(row.m);
      return viewMessage(db, row, {
        pos: act?.pos ?? null,
        actId: act?.id ?? null,
        voidReason: act?.voidReason ?? null,
      });
    });
  const clocks = ownedClocks(db, matter, fold).map((clock) => viewClock(db, clock, now()));
  const gap = findGap(db, id);
  return {
    ...viewHead(db, matter, fold),
    steps: stepsOf(
      fold,
      count.acts.map(({ state }) => state),
    ),
    timeline: [...messages, ...clockEvents(clocks)],
    clocks,
    allowed: allowedActs(db, matter, now()).map(({ id: act, act: word }) => ({ id: act, act: word })),
    sides: [...fold.sides],
    gap: gap === null ? null : { wanted: gap.wanted.length, certain: gap.certain },
    conflict: conflict === null ? null : { pos: conflict.pos, messages: [...conflict.messages] },
    notes: listNotes(db, id).map(({ matter: _, by, ...note }) => ({ ...note, by: nameActor(db, by) })),
    drafts: listDraftsOfMatter(db, id).map((draft) => ({ id: draft.id, actId: draft.act })),
  };
}

/** Enough to decide whether to open it. @throws AppError MATTER_UNKNOWN */
export function previewMatter({ vault, now }: OfficeContext, id: MatterId): MatterPreview {
  const db = vault.read;
  const matter = getMatter(db, id);
  const { fold } = computeMatter(db, matter);
  const messages = listMessagesOfMatter(db, id).filter(({ kind }) => kind === 'act' || kind === 'enclosure');
  const last = messages.findLast(({ kind }) => kind === 'act');
  return {
    ...viewHead(db, matter, fold),
    clocks: ownedClocks(db, matter, fold).map((clock) => viewClock(db, clock, now())),
    allowed: allowedActs(db, matter, now()).map(({ id: act, act: word }) => ({ id: act, act: word })),
    last: last === undefined ? null : viewMessage(db, last),
    messages: messages.length,
    documents: messages.reduce((sum, { body }) => sum + body.documents.length, 0),
  };
}

export function getMatter(db: ReadableDb, id: MatterId): MatterRow {
  const matter = findMatter(db, id);
  if (matter === null) throw new AppError('MATTER_UNKNOWN', { matter: id });
  return matter;
}

function viewHead(db: ReadableDb, matter: MatterRow, { procedure, opening, state }: MatterFold) {
  const own = getOwnVault(db).office.id;
  const role = (office: typeof own): string =>
    procedure === null || opening === null
      ? office === matter.lead
        ? 'lead'
        : office === matter.opener
          ? 'opener'
          : 'other'
      : roleOf(matter, procedure, opening, office);
  return {
    id: matter.id,
    type: matter.type,
    subtype: procedure?.subtype ?? '',
    title: matter.title,
    state,
    final: procedure?.states.some((one) => one.id === state && one.kind === 'final') ?? false,
    turn: findDeskRow(db, matter.id)?.turn ?? ('none' as const),
    openedAt: matter.openedAt,
    updatedAt: matter.updatedAt,
    role: role(own),
    participants: listParticipants(db, matter.id).map((office) => ({
      ...nameOffice(db, office),
      role: role(office),
      own: office === own,
    })),
    assignee: findAssignee(db, matter.id),
  };
}

/** The way of the procedure, and how far the matter has come along it. What was passed over does not stand there as if it had been done. */
function stepsOf({ procedure, state }: MatterFold, reached: readonly string[]): MatterView['steps'] {
  if (procedure === null) return [];
  const { states } = procedure;
  const kind = states.find(({ id }) => id === state)?.kind;
  const way = states.filter(({ kind }) => kind === 'way').map(({ id }) => id);
  const past = new Set(reached);
  // A state off the way stands after the last one that was reached on it.
  const at = way.indexOf((kind === 'way' ? state : reached.findLast((id) => way.includes(id))) ?? '');
  const stepped = way.slice(0, at + 1).filter((id) => past.has(id) && id !== state);
  return [
    ...stepped.map((id) => ({ state: id, at: 'past' as const })),
    { state, at: 'now' as const },
    ...(kind === 'final' ? [] : way.slice(at + 1)).map((id) => ({ state: id, at: 'ahead' as const })),
  ];
}

/** Slim lines between the messages. */
function clockEvents(clocks: readonly ClockView[]): TimelineEntry[] {
  const line = (
    on: string | null,
    { id }: ClockView,
    event: 'started' | 'paused' | 'resumed' | 'lapsed' | 'met' | 'stopped',
    m: ClockView['endedBy'],
  ): TimelineEntry[] => (on === null ? [] : [{ kind: 'clock', on, clock: id, event, m }]);
  return clocks.flatMap((clock) => [
    ...line(clock.startedAt, clock, 'started', clock.startedBy),
    ...clock.pauses
      .filter(({ effect }) => effect === 'pause')
      .flatMap(({ from, to }) => [...line(from, clock, 'paused', null), ...line(to, clock, 'resumed', null)]),
    ...(clock.state === 'met' || clock.state === 'stopped' || clock.state === 'lapsed'
      ? line(clock.endedAt, clock, clock.state, clock.endedBy)
      : []),
  ]);
}
