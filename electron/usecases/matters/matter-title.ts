import type { ActMessage } from '../../../shared/model/message.ts';
import { valueAt } from '../../../shared/procedures/condition.ts';
import { findProcedure } from '../../../shared/procedures/find-procedure.ts';

const LONGEST = 120;

/** What people call a matter, from its opening act; the form may be wrong, and then little is said. */
export function matterTitle({ type, form }: Pick<ActMessage, 'type' | 'form'>): string {
  const words = (findProcedure(type, form)?.title ?? [])
    .map((path) => valueAt(form, path))
    .filter((word) => typeof word === 'string');
  return words.slice(0, 2).join(' ').slice(0, LONGEST).toWellFormed() || type;
}
