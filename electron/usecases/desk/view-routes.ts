import { basename } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { RouteView } from '../../../shared/ipc/channels/route.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { OfficeId } from '../../../shared/model/brand.ts';
import {
  addressOfChannel,
  type ChannelKind,
  parseChannelConfig,
  withoutSecrets,
} from '../../../shared/model/channel-config.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import {
  type ChannelRow,
  findChannel,
  listChannels,
  listOfficesOfChannel,
  removeChannel,
} from '../../vault/repositories/channels.ts';
import type { OfficeContext } from '../context.ts';
import { getOwnVault } from '../office/own-vault.ts';
import type { LoopState } from '../session/exchange-loop.ts';
import { toFailure } from '../session/jobs.ts';
import { setChannel } from '../set-channel.ts';
import { getTrustNetwork } from '../trust/network-settings.ts';
import { findUpdateAddress } from '../updates/update-settings.ts';
import { instantOf } from '../uuid-v7.ts';
import { nameOffice } from './names.ts';

/** What stands in place of a secret that is set. */
const HIDDEN = '•';

/** The routes of this office, without their secrets. */
export function listRoutes(context: OfficeContext, loop: LoopState): ResponseOf<'route:list'> {
  const db = context.vault.read;
  return {
    items: listChannels(db).map((row): RouteView => {
      const failing = loop.unreachable.find(({ channel }) => channel === row.id);
      return {
        id: row.id,
        kind: row.kind,
        config: shownConfig(row),
        address: addressOf(row),
        offices: listOfficesOfChannel(db, row.id).map((office) => nameOffice(db, office)),
        lastSuccess: failing === undefined && loop.last !== null ? loop.lastSuccess : null,
        lastError: failing?.code ?? null,
      };
    }),
  };
}

function shownConfig({ kind, config }: ChannelRow): Record<string, Json> {
  const shown = withoutSecrets(config) as Record<string, Json>;
  // The window names a folder and never learns where it is.
  return kind === 'folder' ? { ...shown, root: basename(String(shown['root'] ?? '')) } : shown;
}

function addressOf({ kind, config }: ChannelRow): string | null {
  const parsed = parseChannelConfig(kind, config);
  return parsed === null ? null : addressOfChannel(parsed);
}

export interface SaveRoute {
  readonly id: string;
  readonly kind: ChannelKind;
  /** Null: as it was. A member that is {@link HIDDEN} stays as it was too. */
  readonly config: Json | null;
  readonly offices: readonly OfficeId[];
  readonly by: string;
}

/** @throws AppError USAGE with the field that is wrong, OFFICE_UNKNOWN */
export function saveRoute(context: OfficeContext, route: SaveRoute): void {
  const { id, kind, offices, by } = route;
  setChannel(context, { id, kind, config: mergeRoute(context, route), offices, by });
}

/** The configuration as it will be stored. @throws AppError USAGE where there is none */
export function mergeRoute(
  { vault }: OfficeContext,
  { id, kind, config }: Pick<SaveRoute, 'id' | 'kind' | 'config'>,
): Exclude<Json, null> {
  const known = findChannel(vault.read, id);
  const before = known?.kind === kind ? known.config : null;
  const merged = config === null ? before : keepSecrets(config, before);
  if (merged === null) throw new AppError('USAGE', { field: kind === 'folder' ? 'folder' : 'config' });
  return merged;
}

function keepSecrets(config: Json, before: Json | null): Json {
  if (config === HIDDEN) return before;
  if (config === null || typeof config !== 'object' || Array.isArray(config)) return config;
  const old =
    before !== null && typeof before === 'object' && !Array.isArray(before)
      ? (before as Readonly<Record<string, Json>>)
      : {};
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, keepSecrets(value, old[key] ?? null)]));
}

/** @throws AppError USAGE where there is none */
export function removeRoute({ vault, now }: OfficeContext, id: string, by: string): void {
  vault.write((db) => {
    if (findChannel(db, id) === null) throw new AppError('USAGE', { field: 'id' });
    removeChannel(db, id);
    appendAudit(db, { at: instantOf(now()), actor: by, action: 'channel-removed', subject: id });
  });
}

/** Lists our own mailbox through a route. @throws AppError USAGE where there is none */
export async function testRoute(context: OfficeContext, id: string): Promise<ResponseOf<'route:test'>> {
  const channel = findChannel(context.vault.read, id);
  if (channel === null) throw new AppError('USAGE', { field: 'id' });
  const started = performance.now();
  const took = (): number => Math.round(performance.now() - started);
  try {
    const mailbox = await context.mailboxes.open(channel);
    await mailbox.list(getOwnVault(context.vault.read).address);
    return { reachable: true, code: null, milliseconds: took() };
  } catch (error) {
    return { reachable: false, code: toFailure(error).code, milliseconds: took() };
  }
}

/** Every address that this program may ask, and what for. */
export function listAddresses({ vault }: OfficeContext): ResponseOf<'settings:addresses'> {
  const { hosts, tsas, proxy } = getTrustNetwork(vault.read);
  const updates = findUpdateAddress(vault.read);
  const routes = listChannels(vault.read).flatMap((row) => {
    const address = addressOf(row);
    return address === null ? [] : [{ use: 'route' as const, address, name: row.id }];
  });
  return {
    items: [
      ...routes,
      ...hosts.map((address) => ({ use: 'revocation' as const, address, name: address })),
      ...tsas.map(({ url }) => ({ use: 'timestamp' as const, address: url, name: url })),
      ...(proxy === null ? [] : [{ use: 'proxy' as const, address: proxy, name: proxy }]),
      ...(updates === null ? [] : [{ use: 'update' as const, address: updates, name: updates }]),
    ],
  };
}
