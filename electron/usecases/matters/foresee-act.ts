import type { OfficeId } from '../../../shared/model/brand.ts';
import type { Form } from '../../../shared/model/forms/form.ts';
import { findSubtype } from '../../../shared/model/forms/parse-form.ts';
import type { Act } from '../../../shared/model/vocabulary.ts';
import {
  type FoldedAct,
  foldMatter,
  type MatterFold,
  type OrderedAct,
} from '../../../shared/procedures/fold-matter.ts';
import { isOpening } from '../../exchange/admission.ts';
import { timesOf } from '../../exchange/order.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import type { MatterRow } from '../../vault/repositories/matters.ts';
import { instantOf } from '../uuid-v7.ts';
import { listAppliedActs, listClaims, type StoredAct } from './matter-acts.ts';
import { computeMatter } from './recount-matter.ts';

/** What our own office, or another, means to do next. */
export interface NextAct {
  readonly office: OfficeId;
  readonly act: Act;
  readonly form: Form;
}

/**
 * What would become of an act if the lead took everything that is here in the order in which it came, and this act next. It may still be void: another act
 * may be on its way, and the lead's watch decides whether a period has run out.
 */
export function foreseeAct(db: ReadableDb, matter: MatterRow, next: NextAct, now: Date): FoldedAct | null {
  const at = instantOf(now);
  const fold = foldMatter(matter, [
    ...listExpected(db, matter),
    { ...next, m: FORESEEN, voidCode: null, receivedAt: at },
  ]);
  if (!fold.stuck) return fold.acts.at(-1) ?? null;
  const { state, sides } = fold;
  return { m: FORESEEN, id: null, voidCode: 'ACT_NOT_ALLOWED', voidReason: 'time', state, sides };
}

/** Where a matter would stand if the lead took everything that is here in the order in which it came. */
export function foreseeMatter(db: ReadableDb, matter: MatterRow): MatterFold {
  return foldMatter(matter, listExpected(db, matter));
}

/** The acts at hand: those with a place in their order, then the others as they came. */
function listExpected(db: ReadableDb, matter: MatterRow): OrderedAct[] {
  const acts = listAppliedActs(db, matter.id);
  const counted = computeMatter(db, matter, acts).acts;
  const places = new Map(counted.map(({ m, pos }) => [m, pos]));
  const place = ({ m }: StoredAct): number => places.get(m) ?? Number.MAX_SAFE_INTEGER;
  const voids = new Map(counted.map(({ m, voidCode }) => [m, voidCode]));
  const times = timesOf(listClaims(db, matter.id));
  return [...acts]
    .sort((a, b) => place(a) - place(b))
    .flatMap(({ m, message, row }): OrderedAct[] => {
      const { act, form } = message;
      const { office } = message.author;
      const voidCode = voids.get(m) === 'SEQUENCE_BROKEN' ? 'SEQUENCE_BROKEN' : null;
      const receivedAt = times.get(m) ?? (places.has(m) ? null : row.firstReceivedAt);
      return office === null ? [] : [{ m, office, act, form, voidCode, receivedAt }];
    });
}

const FORESEEN = '0'.repeat(64) as OrderedAct['m'];

/** The subtype that a matter's opening act chose; null where that act is not here. */
export function findMatterSubtype(db: ReadableDb, { id, type }: MatterRow): string | null {
  const opening = listAppliedActs(db, id).find(({ message }) => isOpening(message));
  return opening === undefined ? null : findSubtype(type, opening.message.form);
}
