import { visible } from '../../../../shared/text/visible.ts';
import { createContext } from '../../../usecases/context.ts';
import { listStandingAlarms } from '../../../usecases/desk/standing-alarms.ts';
import { listExpiring } from '../../../usecases/list-expiring.ts';
import { type Lack, listLacking } from '../../../usecases/list-lacking.ts';
import { readHeader } from '../../../vault/keys/header.ts';
import { findAuditHead, verifyAudit } from '../../../vault/repositories/audit.ts';
import { findOwnOffice } from '../../../vault/repositories/offices.ts';
import { listFrozenOutbox } from '../../../vault/repositories/outbox.ts';
import type { Vault } from '../../../vault/vault.ts';
import { vaultPaths } from '../../../vault/vault-paths.ts';
import { getVaultState } from '../../../vault/vault-state.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatInstant } from '../../format.ts';
import type { VaultFlags } from '../../office-flags.ts';
import { restoredLine } from '../../restored-line.ts';
import { withVault } from '../../vault-session.ts';

export type StatusOptions = VaultFlags;

/** Without a passphrase, where nobody can be asked for one, only what stands outside the lock. */
export async function showStatus(dir: string, options: StatusOptions, context: CommandContext): Promise<CommandReport> {
  const { vault, office, createdAt } = await readHeader(vaultPaths(dir).header);
  const outside = { vault, office, createdAt };
  const { t, language } = context;
  const line = t('cli.vault.status.verdict', { office, at: formatInstant(createdAt, language) });
  if (options.passphraseFile === undefined && context.io.stdin.isTTY !== true) {
    return { exit: EXIT.good, json: { ...outside, locked: true }, text: [line, t('cli.vault.status.locked')] };
  }
  const inside = await withVault(dir, options, context, readInside);
  return {
    exit: EXIT.good,
    json: { ...outside, locked: false, ...inside },
    text: [line, ...insideLines(inside, context)],
  };
}

function readInside(vault: Vault) {
  const { read, swept } = vault;
  const { epoch, state, pendingEpoch } = getVaultState(read);
  verifyAudit(read);
  const own = findOwnOffice(read);
  return {
    officeId: own?.id ?? null,
    epoch,
    state,
    pendingEpoch,
    audit: findAuditHead(read),
    frozen: listFrozenOutbox(read).length,
    alarms: listStandingAlarms(read).map(({ id, at, code, matter, m }) => ({ id, at, code, matter, m })),
    swept,
    expiring: listExpiring(createContext(vault)),
    lacking: listLacking(read),
  };
}

function insideLines(
  { state, pendingEpoch, frozen, audit, alarms, expiring, lacking }: ReturnType<typeof readInside>,
  { t, language }: CommandContext,
): string[] {
  return [
    ...(state === 'active' ? activeLines(lacking, t) : [restoredLine({ pendingEpoch, frozen }, t)]),
    t('cli.vault.status.audit', { seq: audit.seq, hash: audit.hash }),
    ...expiring.map(({ use, name, notAfter, daysLeft }) => {
      const values = { use: t(`cli.expiring.use.${use}`), name: visible(name), at: formatInstant(notAfter, language) };
      return daysLeft < 0 ? t('cli.expiring.over', values) : t('cli.expiring.soon', { ...values, count: daysLeft });
    }),
    ...alarms.map(({ at, code }) => `  ${formatInstant(at, language)}  ${t(`errors.${code}`)} [${code}]`),
  ];
}

function activeLines(lacking: readonly Lack[], t: CommandContext['t']): string[] {
  if (lacking.length === 0) return [t('cli.vault.status.active')];
  return [t('cli.vault.status.incomplete'), ...lacking.map((lack) => `  ${t(`cli.vault.status.lack.${lack}`)}`)];
}
