import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../../shared/errors.ts';
import type { OfficeId } from '../../../../shared/model/brand.ts';
import {
  addressOfChannel,
  CHANNEL_CONFIGS,
  type ChannelKind,
  parseChannelConfig,
  withoutSecrets,
} from '../../../../shared/model/channel-config.ts';
import { parseIJson } from '../../../../shared/model/i-json.ts';
import { visible } from '../../../../shared/text/visible.ts';
import { removeRoute } from '../../../usecases/desk/view-routes.ts';
import { setChannel } from '../../../usecases/set-channel.ts';
import {
  type ChannelRow,
  listChannels,
  listOfficeChannels,
  listOfficesOfChannel,
} from '../../../vault/repositories/channels.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { readInput } from '../../input-file.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';
import { toOfficeId } from '../../parse-ids.ts';
import { addFolderRoute } from '../../routes.ts';

export interface RouteOptions extends OfficeFlags {
  /** A file with {"kind", "config"}: secrets never stand on a command line, which every process of the machine can read. */
  readonly config?: string;
  readonly id?: string;
  readonly to: readonly string[];
  readonly order?: number;
}

const FILE_LIMIT = 512 * 1024;
const KINDS = Object.keys(CHANNEL_CONFIGS) as [ChannelKind, ...ChannelKind[]];
const routeFile = z.strictObject({ kind: z.enum(KINDS), config: z.unknown() });

/** Where to exchange, and the offices that are reached there: a folder, or a server whose access stands in a file. */
export async function route(
  folder: string | undefined,
  options: RouteOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const offices = options.to.map(toOfficeId);
  if ((folder === undefined) === (options.config === undefined)) throw new AppError('USAGE', { field: '--config' });
  const { order } = options;
  const place = order === undefined ? {} : { order };
  if (options.config !== undefined) return setServer(options.config, options, offices, context);
  const root = folder ?? '';
  return withOffice(options, context, (own) => {
    const channel = addFolderRoute(own, root, offices, {
      ...place,
      ...(options.id === undefined ? {} : { id: options.id }),
    });
    return {
      exit: EXIT.good,
      json: { channel, folder: root, offices },
      text: [context.t('cli.office.route.verdict', { folder: root })],
    };
  });
}

async function setServer(
  file: string,
  options: RouteOptions,
  offices: readonly OfficeId[],
  context: CommandContext,
): Promise<CommandReport> {
  const { kind, config } = await readRouteFile(file);
  const parsed = parseChannelConfig(kind, config);
  const address = (parsed === null ? null : addressOfChannel(parsed)) ?? kind;
  const id = options.id ?? `${kind}-${createHash('sha256').update(address).digest('hex').slice(0, 8)}`;
  return withOffice(options, context, (own) => {
    const { order } = options;
    setChannel(own, { id, kind, config, offices, by: ACTOR, ...(order === undefined ? {} : { order }) });
    return {
      exit: EXIT.good,
      json: { channel: id, kind, address, offices },
      text: [context.t('cli.office.route.verdict', { folder: `${id}  ${address}` })],
    };
  });
}

async function readRouteFile(path: string): Promise<z.infer<typeof routeFile>> {
  const bytes = await readInput(path, FILE_LIMIT);
  try {
    // What is wrong with it is not said by quoting it: it holds passwords.
    const parsed = routeFile.safeParse(parseIJson(bytes.toString('utf8'), 'USAGE'));
    if (!parsed.success) throw new AppError('USAGE', { field: 'kind' });
    return parsed.data;
  } finally {
    bytes.fill(0);
  }
}

/** Every route without its secrets, and for each office the place that it has among the office's routes. */
export function listRoutes(options: OfficeFlags, context: CommandContext): Promise<CommandReport> {
  return withOffice(options, context, ({ vault }) => {
    const routes = listChannels(vault.read).map((row) => ({
      id: row.id,
      kind: row.kind,
      address: addressOf(row),
      config: withoutSecrets(row.config),
      offices: listOfficesOfChannel(vault.read, row.id).map((office) => ({
        office,
        order: listOfficeChannels(vault.read, office).findIndex(({ id }) => id === row.id) + 1,
      })),
    }));
    return {
      exit: EXIT.good,
      json: { routes },
      text: routes.map(({ id, kind, address, offices }) =>
        [id, kind, visible(address ?? ''), ...offices.map(({ office, order }) => `${office}#${order}`)].join('  '),
      ),
    };
  });
}

function addressOf({ kind, config }: ChannelRow): string | null {
  const parsed = parseChannelConfig(kind, config);
  if (parsed?.kind === 'folder') return parsed.config.root;
  return parsed === null ? null : addressOfChannel(parsed);
}

export function remove(id: string, options: OfficeFlags, context: CommandContext): Promise<CommandReport> {
  return withOffice(options, context, (own) => {
    removeRoute(own, id, ACTOR);
    return { exit: EXIT.good, json: { channel: id }, text: [context.t('cli.office.route.remove.verdict', { id })] };
  });
}
