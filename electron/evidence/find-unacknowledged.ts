import type { M, OfficeId } from '../../shared/model/brand.ts';
import type { ReceiptKind } from '../../shared/model/vocabulary.ts';

interface SignedAct {
  readonly m: M;
  readonly office: OfficeId | null;
}

interface Answer {
  /** M of the message that it is about. */
  readonly message: string;
  readonly office: OfficeId;
  readonly kind: ReceiptKind;
}

/** Acts that no other office has signed for. A refusal is signed too and says the contrary: who shows it has no more than that it came. */
export function findUnacknowledged(acts: readonly SignedAct[], receipts: readonly Answer[]): M[] {
  const answers = Map.groupBy(
    receipts.filter(({ kind }) => kind !== 'refused'),
    ({ message }) => message,
  );
  return acts
    .filter(({ m, office }) => (answers.get(m) ?? []).every((answer) => answer.office === office))
    .map(({ m }) => m);
}
