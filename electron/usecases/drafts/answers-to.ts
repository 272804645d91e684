import type { MatterId } from '../../../shared/model/brand.ts';
import type { Form } from '../../../shared/model/forms/form.ts';
import { commonActs } from '../../../shared/model/forms/parts.ts';
import type { ProcedureAct } from '../../../shared/procedures/procedure.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { listActs } from '../matters/matter-acts.ts';

/** What a supplement answers, one entry for each thing that the last notice asked for, so that none is retyped or passed over; of other acts nothing. */
export function answersTo(db: ReadableDb, matter: MatterId | null, { act }: ProcedureAct): Form {
  if (matter === null || act !== 'supplement') return {};
  const asked = listActs(db, matter).findLast(
    ({ message, row }) => row.status === 'accepted' && message.act === 'supplement-request',
  );
  const parsed = commonActs.supplementRequest.safeParse(asked?.message.form);
  return parsed.success ? { answers: parsed.data.items.map(({ item }) => ({ item })) } : {};
}
