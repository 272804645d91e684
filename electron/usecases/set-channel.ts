import { AppError } from '../../shared/errors.ts';
import type { OfficeId } from '../../shared/model/brand.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { findChannel, listOfficeChannels, putChannel, setOfficeChannels } from '../vault/repositories/channels.ts';
import { findOffice } from '../vault/repositories/offices.ts';
import type { OfficeContext } from './context.ts';
import { folderConfig } from './open-mailbox.ts';
import { instantOf } from './uuid-v7.ts';

export interface SetChannel {
  /** Ours to choose, e.g. `share`. */
  readonly id: string;
  readonly kind: 'folder';
  /** Folder that all mailboxes of this channel lie in. */
  readonly root: string;
  /** Offices that are reached by it; what else reached them is kept after it. */
  readonly offices: readonly OfficeId[];
  readonly by: string;
}

/** Configures a route. Cards only propose; what is dialled stands here. @throws AppError OFFICE_UNKNOWN, USAGE */
export function setChannel({ vault, now }: OfficeContext, { id, kind, root, offices, by }: SetChannel): void {
  const config = folderConfig.safeParse({ root });
  if (!config.success || !/^[\w.-]{1,64}$/.test(id))
    throw new AppError('USAGE', { field: config.success ? 'id' : 'root' });
  const at = instantOf(now());
  vault.write((db) => {
    const addedAt = findChannel(db, id)?.addedAt ?? at;
    putChannel(db, { id, kind, config: config.data, addedAt });
    for (const office of offices) {
      if (findOffice(db, office) === null) throw new AppError('OFFICE_UNKNOWN', { office });
      const before = listOfficeChannels(db, office).map((channel) => channel.id);
      setOfficeChannels(db, office, [...new Set([id, ...before])]);
    }
    appendAudit(db, { at, actor: by, action: 'channel-set', subject: id, detail: { kind, offices: [...offices] } });
  });
}
