import { AppError } from '../../shared/errors.ts';
import type { OfficeId } from '../../shared/model/brand.ts';
import {
  addressOfChannel,
  CHANNEL_CONFIGS,
  type ChannelConfig,
  type ChannelKind,
} from '../../shared/model/channel-config.ts';
import type { Json } from '../../shared/model/i-json.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { findChannel, listOfficeChannels, putChannel, setOfficeChannels } from '../vault/repositories/channels.ts';
import { findOffice } from '../vault/repositories/offices.ts';
import type { OfficeContext } from './context.ts';
import { instantOf } from './uuid-v7.ts';

export interface SetChannel {
  /** Ours to choose, e.g. `share`. */
  readonly id: string;
  readonly kind: ChannelKind;
  /** By its kind, untrusted (shared/model/channel-config.ts). */
  readonly config: unknown;
  /** Offices that are reached by it. */
  readonly offices: readonly OfficeId[];
  /** Its place among an office's routes, from 1; absent: where it was, or before all others. */
  readonly order?: number;
  readonly by: string;
}

/**
 * Configures a route. Cards only propose; what is dialled stands here.
 *
 * @throws AppError OFFICE_UNKNOWN, USAGE with the field that is wrong
 */
export function setChannel({ vault, now }: OfficeContext, { id, kind, config, offices, order, by }: SetChannel): void {
  if (!/^[\w.-]{1,64}$/.test(id)) throw new AppError('USAGE', { field: 'id' });
  const channel = readConfig(kind, config);
  const at = instantOf(now());
  vault.write((db) => {
    const addedAt = findChannel(db, id)?.addedAt ?? at;
    // Defaults are stored too, so that a later version with others dials the same.
    putChannel(db, { id, kind, config: JSON.parse(JSON.stringify(channel.config)) as Json, addedAt });
    for (const office of offices) {
      if (findOffice(db, office) === null) throw new AppError('OFFICE_UNKNOWN', { office });
      const before = listOfficeChannels(db, office).map((one) => one.id);
      setOfficeChannels(db, office, inOrder(before, id, order));
    }
    const detail = { kind, address: addressOfChannel(channel), offices: [...offices] };
    appendAudit(db, { at, actor: by, action: 'channel-set', subject: id, detail });
  });
}

function inOrder(before: readonly string[], id: string, order: number | undefined): string[] {
  if (order === undefined) return before.includes(id) ? [...before] : [id, ...before];
  return before.filter((one) => one !== id).toSpliced(order - 1, 0, id);
}

function readConfig(kind: ChannelKind, config: unknown): ChannelConfig {
  const parsed = CHANNEL_CONFIGS[kind].safeParse(config);
  if (parsed.success) return { kind, config: parsed.data } as ChannelConfig;
  throw new AppError('USAGE', { field: parsed.error.issues[0]?.path.join('.') ?? kind });
}
