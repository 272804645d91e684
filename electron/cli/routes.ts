import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { OfficeId } from '../../shared/model/brand.ts';
import type { OfficeContext } from '../usecases/context.ts';
import { setChannel } from '../usecases/set-channel.ts';
import { listChannels } from '../vault/repositories/channels.ts';
import { ACTOR } from './office-session.ts';

/** Reaches offices by a shared folder. Each folder is a channel of its own. @returns its id */
export function addFolderRoute(
  office: OfficeContext,
  folder: string,
  offices: readonly OfficeId[],
  options: { readonly id?: string; readonly order?: number } = {},
): string {
  const root = resolve(folder);
  const id = options.id ?? `folder-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`;
  const { order } = options;
  setChannel(office, {
    id,
    kind: 'folder',
    config: { root },
    offices,
    by: ACTOR,
    ...(order === undefined ? {} : { order }),
  });
  return id;
}

/** Where a vault has one route and no more, a new office is reached by it. */
export function addOnlyRoute(office: OfficeContext, id: OfficeId): void {
  const [channel, another] = listChannels(office.vault.read);
  if (channel === undefined || another !== undefined) return;
  setChannel(office, { ...channel, offices: [id], by: ACTOR });
}
