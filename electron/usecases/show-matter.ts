import { AppError } from '../../shared/errors.ts';
import type { M, MatterId, OfficeId } from '../../shared/model/brand.ts';
import type { Act } from '../../shared/model/vocabulary.ts';
import { findProcedure } from '../../shared/procedures/find-procedure.ts';
import { listAllowedActs, roleOf } from '../../shared/procedures/fold-matter.ts';
import { isOpening } from '../exchange/admission.ts';
import { type DeliveryColour, type OfficeDelivery, worstColour } from '../exchange/delivery.ts';
import type { LeadConflict } from '../exchange/order.ts';
import { findMatter, listParticipants, type MatterRow } from '../vault/repositories/matters.ts';
import { listMessagesOfMatter, type MessageRow } from '../vault/repositories/messages.ts';
import type { OfficeContext } from './context.ts';
import { deliveryOf } from './matters/delivery-of.ts';
import { findGap, type Gap } from './matters/find-gap.ts';
import { listActs } from './matters/matter-acts.ts';
import { computeMatter } from './matters/recount-matter.ts';
import { getOwnVault } from './office/own-vault.ts';

export interface ShownMessage {
  readonly row: MessageRow;
  /** Its place in the lead's order; null: not counted yet. */
  readonly pos: number | null;
  readonly voidReason: string | null;
  /** For messages of our own office. */
  readonly delivery: readonly OfficeDelivery[];
  readonly colour: DeliveryColour | null;
}

export interface ShownMatter {
  readonly matter: MatterRow;
  readonly participants: readonly OfficeId[];
  readonly messages: readonly ShownMessage[];
  /** What our office may do now, as far as is known here. */
  readonly allowed: readonly Act[];
  readonly gap: Gap | null;
  readonly conflict: LeadConflict | null;
}

/** A matter with everything in it, in the lead's order; what has no place yet comes last. @throws AppError MATTER_UNKNOWN */
export function showMatter({ vault }: OfficeContext, id: MatterId): ShownMatter {
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
      return { row, pos: act?.pos ?? null, voidReason: act?.voidReason ?? null, delivery, colour };
    })
    .sort((a, b) => place(a.row.m) - place(b.row.m) || a.row.serial - b.row.serial);
  return {
    matter,
    participants: listParticipants(db, id),
    messages,
    allowed: allowedActs(vault.read, matter, count.state),
    gap: findGap(db, id),
    conflict: count.conflict,
  };
}

function allowedActs(db: OfficeContext['vault']['read'], matter: MatterRow, state: string): Act[] {
  const opening = listActs(db, matter.id).find(({ message }) => isOpening(message))?.message;
  const procedure = opening === undefined ? null : findProcedure(matter.type, opening.form);
  const role = roleOf(matter, getOwnVault(db).office.id);
  return procedure === null ? [] : listAllowedActs(procedure, state, role);
}
