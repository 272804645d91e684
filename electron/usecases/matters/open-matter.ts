import type { ActMessage } from '../../../shared/model/message.ts';
import { UNOPENED } from '../../../shared/procedures/fold-matter.ts';
import { findLead, isOpening, officesOf } from '../../exchange/admission.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { insertMatter } from '../../vault/repositories/matters.ts';
import { instantOf } from '../uuid-v7.ts';
import { matterTitle } from './matter-title.ts';

/** Enters the matter that an act opens, with its participants and its lead. Nothing is opened by an act that has a past or goes to nobody. */
export function openMatter(db: WritableDb, opening: ActMessage, now: Date): void {
  const lead = findLead(opening);
  const opener = opening.author.office;
  if (!isOpening(opening) || lead === null || opener === null) return;
  insertMatter(
    db,
    {
      id: opening.matter,
      type: opening.type,
      title: matterTitle(opening),
      opener,
      lead,
      state: UNOPENED,
      countedPos: 0,
      openedAt: opening.createdAt,
      updatedAt: instantOf(now),
    },
    officesOf(opening),
  );
}
