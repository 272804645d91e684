import type { ErrorCode } from '../../../../shared/errors.ts';
import type { OfficeContext } from '../../../usecases/context.ts';
import { type ExchangeStatus, exchangeStatus } from '../../../usecases/exchange-status.ts';
import { openMailbox } from '../../../usecases/open-mailbox.ts';
import { type SyncReport, sync } from '../../../usecases/sync.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatInstant } from '../../format.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { restoredLine } from '../../restored-line.ts';
import { watchMailboxes } from '../../watch-mailboxes.ts';

export interface SyncOptions extends OfficeFlags {
  readonly rounds: number;
  readonly retry: boolean;
}

/** Exit status 5 where a route or this machine stood in the way; what was turned away is a finding of its own, not a failure. */
export function run(options: SyncOptions, context: CommandContext): Promise<CommandReport> {
  const { rounds, retry } = options;
  const begin = (way: 'posting' | 'fetching') => context.progress(context.t(`cli.progress.${way}`));
  const work = async (office: OfficeContext): Promise<CommandReport> => {
    const report = await sync(office, { maxRounds: rounds, force: retry, signal: context.signal });
    const status = exchangeStatus(office);
    const code = failureOf(report);
    return {
      ...(code === null ? { exit: EXIT.good } : { exit: EXIT.environment, code }),
      json: { ...report, ...statusJson(status) },
      text: toText(report, status, context),
    };
  };
  return withOffice(options, context, work, { openMailbox: watchMailboxes(openMailbox, begin) });
}

function failureOf({ unreachable, failed }: SyncReport): ErrorCode | null {
  return failed[0]?.code ?? unreachable[0]?.code ?? null;
}

function statusJson({ vault, card, listed, frozen, awaiting, pendingCards, alarms, nextPosting }: ExchangeStatus) {
  return {
    state: vault.state,
    card,
    listed,
    frozen,
    awaiting,
    pendingCards,
    nextPosting,
    alarms: alarms.map(({ id, at, code, matter, m }) => ({ id, at, code, matter, m })),
  };
}

function toText(
  { posted, received, sealed, fetched, stamped, unreachable, failed }: SyncReport,
  { vault, listed, frozen, awaiting, pendingCards, alarms, nextPosting }: ExchangeStatus,
  { t, language }: CommandContext,
): string[] {
  return [
    t('cli.sync.verdict', { posted, sealed, ...received }),
    ...(fetched + stamped === 0 ? [] : [t('cli.sync.proofs', { fetched, stamped })]),
    ...unreachable.map(
      ({ channel, office, code }) => `  ${[channel, office, t(`errors.${code}`)].filter(Boolean).join('  ')}`,
    ),
    ...failed.map(({ name, code }) => `  ${name}  ${t(`errors.${code}`)}`),
    ...(nextPosting === null ? [] : [t('cli.sync.waiting', { at: formatInstant(nextPosting, language) })]),
    ...(listed ? [] : [t('cli.sync.notListed')]),
    ...(vault.state === 'active' ? [] : [restoredLine({ ...vault, frozen }, t)]),
    ...(awaiting.length === 0 ? [] : [t('cli.sync.awaiting', { count: awaiting.length })]),
    ...pendingCards.map((office) => t('cli.sync.pendingCard', { office })),
    ...alarms.map(({ code }) => `  ${t(`errors.${code}`)} [${code}]`),
  ];
}
