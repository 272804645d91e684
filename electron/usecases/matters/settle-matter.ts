import type { MatterId } from '../../../shared/model/brand.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { recountMatter } from './recount-matter.ts';
import { registerActs } from './register-acts.ts';

/** Gives places where this vault gives them, then folds. */
export function settleMatter(db: WritableDb, matter: MatterId, now: Date): void {
  registerActs(db, matter, now);
  recountMatter(db, matter, now);
}
