import { AppError } from '../../../../shared/errors.ts';
import type { TrustNetwork } from '../../../../shared/model/trust-network.ts';
import { visible } from '../../../../shared/text/visible.ts';
import { setTrustNetwork } from '../../../usecases/set-trust-network.ts';
import { getTrustNetwork } from '../../../usecases/trust/network-settings.ts';
import { listNetworkAsks, type NetworkAskRow } from '../../../vault/repositories/network-asks.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatInstant } from '../../format.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';

export interface NetworkOptions extends Omit<OfficeFlags, 'vault'> {
  readonly allow: readonly string[];
  readonly forbid: readonly string[];
  readonly allowAddress: readonly string[];
  readonly tsa: readonly string[];
  /** For the authorities named in the same call; `any` leaves it to them again. */
  readonly tsaPolicy?: string;
  readonly dropTsa: readonly string[];
  readonly proxy?: string;
}

/** Whom the vault may ask for revocation data and timestamps; without options as it stands, with what became of the questions. */
export function network(dir: string, options: NetworkOptions, context: CommandContext): Promise<CommandReport> {
  return withOffice({ ...options, vault: dir }, context, (office) => {
    const { read } = office.vault;
    const change = changeOf(options, getTrustNetwork(read));
    const settings = change === null ? getTrustNetwork(read) : setTrustNetwork(office, change, ACTOR);
    const asks = listNetworkAsks(read);
    return { exit: EXIT.good, json: { ...settings, asks }, text: toText(settings, asks, context) };
  });
}

function changeOf(options: NetworkOptions, before: TrustNetwork): Partial<TrustNetwork> | null {
  const { allow, forbid, allowAddress, tsa, tsaPolicy, dropTsa, proxy } = options;
  if (tsaPolicy !== undefined && tsa.length === 0) throw new AppError('USAGE', { field: 'tsaPolicy' });
  const named = [allow, forbid, allowAddress, tsa, dropTsa].reduce((sum, list) => sum + list.length, 0);
  if (named === 0 && proxy === undefined) return null;
  const without = (all: readonly string[]) => [...new Set(all)].filter((one) => !forbid.includes(one));
  const policy = tsaPolicy === 'any' ? null : tsaPolicy;
  const kept = before.tsas
    .filter(({ url }) => !dropTsa.includes(url))
    .map((one) => (policy !== undefined && tsa.includes(one.url) ? { ...one, policy } : one));
  const added = [...new Set(tsa)].filter((url) => !kept.some((one) => one.url === url));
  return {
    hosts: without([...before.hosts, ...allow]),
    addresses: without([...before.addresses, ...allowAddress]),
    tsas: [...kept, ...added.map((url) => ({ url, policy: policy ?? null }))],
    ...(proxy === undefined ? {} : { proxy: proxy === 'none' ? null : proxy }),
  };
}

function toText(
  { hosts, addresses, tsas, proxy }: TrustNetwork,
  asks: readonly NetworkAskRow[],
  { t, language }: CommandContext,
): string[] {
  const isSilent = hosts.length + tsas.length === 0;
  return [
    ...(isSilent ? [t('cli.vault.network.nobody')] : []),
    ...hosts.map((host) => t('cli.vault.network.host', { host })),
    ...addresses.map((address) => t('cli.vault.network.address', { address })),
    ...tsas.map(({ url, policy }) =>
      policy === null ? t('cli.vault.network.tsa', { url }) : t('cli.vault.network.tsaPolicy', { url, policy }),
    ),
    ...(proxy === null ? [] : [t('cli.vault.network.proxy', { url: proxy })]),
    ...asks.map(({ url, askedAt, code }) =>
      [
        `  ${formatInstant(askedAt, language)}`,
        visible(url),
        code === null ? t('cli.verdict.ok') : t(`errors.${code}`),
      ].join('  '),
    ),
  ];
}
