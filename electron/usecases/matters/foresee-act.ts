import type { OfficeId } from '../../../shared/model/brand.ts';
import { type Form, findSubtype } from '../../../shared/model/forms/parse-form.ts';
import type { Act } from '../../../shared/model/vocabulary.ts';
import { type FoldedAct, foldMatter, type OrderedAct } from '../../../shared/procedures/fold-matter.ts';
import { isOpening } from '../../exchange/admission.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import type { MatterRow } from '../../vault/repositories/matters.ts';
import { listAppliedActs, type StoredAct } from './matter-acts.ts';
import { computeMatter } from './recount-matter.ts';

/**
 * What would become of an act if the lead took everything that is here in the order in which it came, and this act next. It may still be void: another act
 * may be on its way.
 */
export function foreseeAct(
  db: ReadableDb,
  matter: MatterRow,
  next: { readonly office: OfficeId; readonly act: Act; readonly form: Form },
): FoldedAct | null {
  const acts = listAppliedActs(db, matter.id);
  const counted = computeMatter(db, matter, acts).acts;
  const places = new Map(counted.map(({ m, pos }) => [m, pos]));
  const place = ({ m }: StoredAct): number => places.get(m) ?? Number.MAX_SAFE_INTEGER;
  const voids = new Map(counted.map(({ m, voidCode }) => [m, voidCode]));
  const ordered = [...acts]
    .sort((a, b) => place(a) - place(b))
    .flatMap((act): OrderedAct[] => {
      const { office } = act.message.author;
      const isVoid = voids.get(act.m) === 'SEQUENCE_BROKEN';
      return office === null
        ? []
        : [
            {
              m: act.m,
              office,
              act: act.message.act,
              form: act.message.form,
              voidCode: isVoid ? 'SEQUENCE_BROKEN' : null,
            },
          ];
    });
  const folded = foldMatter(matter, [...ordered, { ...next, m: FORESEEN, voidCode: null }]);
  return folded.at(-1) ?? null;
}

const FORESEEN = '0'.repeat(64) as OrderedAct['m'];

/** The subtype that a matter's opening act chose; null where that act is not here. */
export function findMatterSubtype(db: ReadableDb, { id, type }: MatterRow): string | null {
  const opening = listAppliedActs(db, id).find(({ message }) => isOpening(message));
  return opening === undefined ? null : findSubtype(type, opening.message.form);
}
