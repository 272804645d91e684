import { AppError } from '../../shared/errors.ts';
import type { M, MatterId, OfficeId } from '../../shared/model/brand.ts';
import type { MatterClock } from '../../shared/procedures/matter-clock.ts';
import type { Role } from '../../shared/procedures/procedure.ts';
import { roleOf } from '../../shared/procedures/role-of.ts';
import { type DeliveryColour, type OfficeDelivery, worstColour } from '../exchange/delivery.ts';
import type { LeadConflict } from '../exchange/order.ts';
import { findMatter, listParticipants, type MatterRow } from '../vault/repositories/matters.ts';
import { listMessagesOfMatter, type MessageRow } from '../vault/repositories/messages.ts';
import type { OfficeContext } from './context.ts';
import { type AllowedAct, allowedActs } from './matters/allowed-acts.ts';
import { deliveryOf } from './matters/delivery-of.ts';
import { findGap, type Gap } from './matters/find-gap.ts';
import { computeMatter } from './matters/recount-matter.ts';

export interface ShownMessage {
  readonly row: MessageRow;
  /** Its place in the lead's order; null: not counted yet. */
  readonly pos: number | null;
  /** Of the procedure's act; null where none could be told. */
  readonly act: string | null;
  readonly voidReason: string | null;
  /** For messages of our own office. */
  readonly delivery: readonly OfficeDelivery[];
  readonly colour: DeliveryColour | null;
}

export interface ShownMatter {
  readonly matter: MatterRow;
  readonly participants: readonly { readonly office: OfficeId; readonly role: Role | null }[];
  /** Computed from what is counted here: the same at every office that has counted as far. */
  readonly clocks: readonly MatterClock[];
  readonly messages: readonly ShownMessage[];
  /** What our office may do now, as far as is known here. */
  readonly allowed: readonly AllowedAct[];
  readonly gap: Gap | null;
  readonly conflict: LeadConflict | null;
}

/** A matter with everything in it, in the lead's order; what has no place yet comes last. @throws AppError MATTER_UNKNOWN */
export function showMatter({ vault, now }: OfficeContext, id: MatterId): ShownMatter {
  const db = vault.read;
  const matter = findMatter(db, id);
  if (matter === null) throw new AppError('MATTER_UNKNOWN', { matter: id });
  const count = computeMatter(db, matter);
  const places = new Map(count.acts.map((act) => [act.m, act]));
  const place = (m: M): number => places.get(m)?.pos ?? Number.MAX_SAFE_INTEGER;
  const rows = listMessagesOfMatter(db, id).filter(({ kind }) => kind === 'act' || kind === 'enclosure');
  const messages = rows
    .map((row): ShownMessage => {
      const delivery = deliveryOf(db, row);
      const act = places.get(row.m);
      const colour = delivery.length === 0 ? null : worstColour(delivery);
      const { pos = null, id: name = null, voidReason = null } = act ?? {};
      return { row, pos, act: name, voidReason, delivery, colour };
    })
    .sort((a, b) => place(a.row.m) - place(b.row.m) || a.row.serial - b.row.serial);
  const { procedure, opening } = count.fold;
  const participants = listParticipants(db, id).map((office) => {
    const known = procedure !== null && opening !== null;
    return { office, role: known ? roleOf(matter, procedure, opening, office) : null };
  });
  return {
    matter,
    participants,
    clocks: count.clocks,
    messages,
    allowed: allowedActs(db, matter, now()),
    gap: findGap(db, id),
    conflict: count.conflict,
  };
}
