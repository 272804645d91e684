import type { ActFact, ActQuestion } from '../../../../shared/model/act-question.ts';
import type { M } from '../../../../shared/model/brand.ts';
import { findMatter } from '../../../vault/repositories/matters.ts';
import { findMessage } from '../../../vault/repositories/messages.ts';
import { listWatchesOf } from '../../../vault/repositories/watches.ts';
import type { OfficeContext } from '../../context.ts';
import { listAwaited } from '../../resume-after-restore.ts';
import { nameOffice } from '../names.ts';
import { viewFrozen } from '../view-exchange.ts';

/** Null where everybody has answered or is on record: nothing would be signed. */
export function askGiveUp({ vault }: OfficeContext, m: M): ActQuestion | null {
  const db = vault.read;
  const silent = listWatchesOf(db, m).filter(({ stage }) => stage !== 'recorded');
  if (silent.length === 0) return null;
  const matter = findMessage(db, m)?.matter ?? null;
  const title = matter === null ? null : findMatter(db, matter)?.title;
  const facts = silent.map(({ office }): ActFact => ({ name: 'office', value: nameOffice(db, office).name }));
  return { act: 'giveUp', subject: title ?? m.slice(0, 12), facts };
}

/** Null where nobody is waited for. */
export function askFinishRestore(context: OfficeContext): ActQuestion | null {
  const silent = [...new Set(listAwaited(context).map(({ office }) => office))];
  if (silent.length === 0) return null;
  const facts = silent.map(
    (office): ActFact => ({ name: 'office', value: nameOffice(context.vault.read, office).name }),
  );
  return { act: 'finishRestore', subject: '', facts };
}

/** Null where none of the copies named waits. */
export function askFrozen(
  context: OfficeContext,
  decision: 'send' | 'drop',
  ids: readonly number[],
): ActQuestion | null {
  const chosen = viewFrozen(context).items.filter(({ id }) => ids.includes(id));
  if (chosen.length === 0) return null;
  const facts = chosen.map(
    ({ title, m, office }): ActFact => ({ name: 'message', value: `${title} ${m.slice(0, 12)} → ${office.name}` }),
  );
  return { act: decision === 'send' ? 'sendFrozen' : 'dropFrozen', subject: '', facts };
}
