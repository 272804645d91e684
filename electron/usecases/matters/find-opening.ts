import type { MatterId } from '../../../shared/model/brand.ts';
import type { ActMessage } from '../../../shared/model/message.ts';
import { isOpening } from '../../exchange/admission.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { listActs } from './matter-acts.ts';

/** The act that opened a matter; null where it is not here. */
export function findOpening(db: ReadableDb, matter: MatterId): ActMessage | null {
  return listActs(db, matter).find(({ message }) => isOpening(message))?.message ?? null;
}
