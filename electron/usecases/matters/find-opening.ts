import type { MatterId } from '../../../shared/model/brand.ts';
import type { ActMessage } from '../../../shared/model/message.ts';
import { isOpening } from '../../exchange/admission.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findMatter } from '../../vault/repositories/matters.ts';
import { listActs } from './matter-acts.ts';

/** The act that opened a matter; null where it is not here. What others sent to open the same one was refused and may lie here before it. */
export function findOpening(db: ReadableDb, matter: MatterId): ActMessage | null {
  const opener = findMatter(db, matter)?.opener ?? null;
  const opening = listActs(db, matter).find(
    ({ message, row }) => row.status === 'accepted' && isOpening(message) && message.author.office === opener,
  );
  return opening?.message ?? null;
}
