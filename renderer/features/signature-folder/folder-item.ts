import type { ResponseOf } from '../../../shared/ipc/contract.ts';

export type FolderItem = ResponseOf<'signature:list'>['items'][number];

/** Nothing is signed that was not in view to its end. */
export function canTick({ read, digest }: FolderItem): boolean {
  return read && digest !== null;
}
