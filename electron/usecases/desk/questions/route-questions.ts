import { isDeepStrictEqual } from 'node:util';
import { LIMITS } from '../../../../shared/limits.ts';
import type { ActFact, ActQuestion } from '../../../../shared/model/act-question.ts';
import type { OfficeId } from '../../../../shared/model/brand.ts';
import {
  addressOfChannel,
  type ChannelConfig,
  type ChannelKind,
  parseChannelConfig,
} from '../../../../shared/model/channel-config.ts';
import type { Json } from '../../../../shared/model/i-json.ts';
import { formatSize } from '../../../../shared/text/format-size.ts';
import { readCertificates } from '../../../pki/read-certificates.ts';
import type { ReadableDb } from '../../../vault/db/handle.ts';
import { findChannel, listOfficeChannels, listOfficesOfChannel } from '../../../vault/repositories/channels.ts';
import type { OfficeContext } from '../../context.ts';
import { findQuota } from '../../office/quota.ts';
import { nameOffice } from '../names.ts';

export interface AskedRoute {
  readonly id: string;
  readonly kind: ChannelKind;
  /** As it will be stored, with the secrets that stay. */
  readonly config: Json;
  readonly offices: readonly OfficeId[];
}

/** Null where packages and passwords go where they went before, and where the configuration is none: that is refused as it is stored. */
export function askRoute({ vault }: OfficeContext, { id, kind, config, offices }: AskedRoute): ActQuestion | null {
  const db = vault.read;
  const channel = parseChannelConfig(kind, config);
  if (channel === null) return null;
  const before = findChannel(db, id);
  const same = before?.kind === kind && sameConfig(kind, before.config, channel);
  const reached = listOfficesOfChannel(db, id);
  const joins = offices.filter((office) => !reached.includes(office));
  if (same && joins.length === 0) return null;
  // a route that others go by already takes their packages elsewhere too
  const all = same ? joins : [...new Set([...reached, ...offices])];
  return { act: 'route', subject: id, facts: [...routeFacts(channel), ...officeFacts(db, all)] };
}

function sameConfig(kind: ChannelKind, before: Json, { config }: ChannelConfig): boolean {
  const parsed = parseChannelConfig(kind, before);
  return parsed !== null && isDeepStrictEqual(parsed.config, config);
}

const officeFacts = (db: ReadableDb, offices: readonly OfficeId[]): ActFact[] =>
  offices.map((office) => ({ name: 'office', value: `${nameOffice(db, office).name} ${office}` }));

/** Where it leads, as whom one signs in there, and what tells the server from another: never a secret. */
function routeFacts(channel: ChannelConfig): ActFact[] {
  const address = addressOfChannel(channel);
  return [
    ...(address === null ? [] : [{ name: 'address' as const, value: address }]),
    ...placeFacts(channel),
    ...pinFacts(channel),
  ];
}

function placeFacts({ kind, config }: ChannelConfig): ActFact[] {
  switch (kind) {
    case 'folder':
      return [{ name: 'folder', value: config.root }];
    case 'sftp':
      return [
        { name: 'account', value: config.user },
        { name: 'folder', value: config.root },
        { name: 'hostKey', value: config.hostKey },
      ];
    case 'webdav':
      return [
        { name: 'account', value: config.user },
        { name: 'folder', value: config.url },
      ];
    case 's3':
      return [
        { name: 'account', value: config.accessKeyId },
        { name: 'folder', value: `${config.bucket}/${config.prefix}` },
      ];
    case 'mail':
      return [
        { name: 'account', value: `${config.smtp.user}, ${config.imap.user}` },
        { name: 'sender', value: config.from },
        { name: 'receiver', value: config.to },
      ];
  }
}

function pinFacts({ kind, config }: ChannelConfig): ActFact[] {
  if (kind === 'folder') return [];
  const trusted = kind === 'sftp' ? undefined : config.trustedCertificates;
  return [
    ...(trusted === undefined ? [] : readCertificates(Buffer.from(trusted, 'utf8'))).map(
      ({ subjectText, sha256 }): ActFact => ({ name: 'pin', value: subjectText, fingerprint: sha256 }),
    ),
    ...(config.proxy === undefined ? [] : [{ name: 'proxy' as const, value: config.proxy }]),
  ];
}

/** Null where no route is to reach the office that does not reach it already. */
export function askOfficeRoutes(
  { vault }: OfficeContext,
  office: OfficeId,
  routes: readonly string[],
): ActQuestion | null {
  const db = vault.read;
  const reaching = listOfficeChannels(db, office).map(({ id }) => id);
  const fresh = routes.filter((id) => !reaching.includes(id));
  if (fresh.length === 0) return null;
  const facts = fresh.flatMap((id) => {
    const row = findChannel(db, id);
    const channel = row === null ? null : parseChannelConfig(row.kind, row.config);
    return channel === null ? [] : routeFacts(channel).filter(({ name }) => name === 'address' || name === 'folder');
  });
  return { act: 'officeRoutes', subject: nameOffice(db, office).name, facts };
}

/** Null where the office gets no more room than it has. */
export function askQuota({ vault }: OfficeContext, office: OfficeId, bytes: number | null): ActQuestion | null {
  const next = bytes ?? LIMITS.offeredPerOffice;
  if (next <= findQuota(vault.read, office)) return null;
  const { name } = nameOffice(vault.read, office);
  return { act: 'quota', subject: name, facts: [{ name: 'size', value: formatSize(next) }] };
}
