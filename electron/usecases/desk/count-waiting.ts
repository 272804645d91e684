import { sumDesk } from '../../vault/repositories/desk-list.ts';
import type { OfficeContext } from '../context.ts';

/** Messages of others that nobody has opened: what a locked window may say, without a name. */
export function countWaiting({ vault }: OfficeContext): number {
  return sumDesk(vault.read).unopened;
}
