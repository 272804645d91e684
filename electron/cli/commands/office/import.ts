import { visible } from '../../../../shared/text/visible.ts';
import { type ImportedCard, importCard } from '../../../usecases/import-card.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatFingerprint } from '../../format.ts';
import { openInput } from '../../input-file.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';
import { addFolderRoute, addOnlyRoute } from '../../routes.ts';

export interface ImportOptions extends OfficeFlags {
  readonly fingerprint?: string;
  readonly route?: string;
}

/** Takes an office's card in. Without a comparison it is kept and not relied on: exit status 4. */
export async function importFile(
  file: string,
  options: ImportOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const source = await openInput(file);
  try {
    return await withOffice(options, context, async (office) => {
      const { fingerprint } = options;
      const imported = await importCard(office, {
        source,
        by: ACTOR,
        ...(fingerprint === undefined ? {} : { fingerprint }),
      });
      if (options.route === undefined) addOnlyRoute(office, imported.card.office.id);
      else addFolderRoute(office, options.route, [imported.card.office.id]);
      return report(imported, context);
    });
  } finally {
    await source.close();
  }
}

function report(
  { m, card, fingerprint, outcome, comparison, claimedBy }: ImportedCard,
  { t }: CommandContext,
): CommandReport {
  const pending = outcome === 'pending';
  const name = visible(card.office.name);
  return {
    exit: pending ? EXIT.indeterminate : EXIT.good,
    ...(pending ? { code: claimedBy === null ? 'CARD_NEEDS_CONFIRMATION' : 'CARD_VAULT_CLAIMED' } : {}),
    json: { m, office: card.office, version: card.version, fingerprint, outcome, comparison, claimedBy },
    text: [
      pending ? t('cli.office.import.pending', { name }) : t('cli.office.import.verdict', { name }),
      ...(claimedBy === null ? [] : [t('errors.CARD_VAULT_CLAIMED', { other: claimedBy })]),
      `${t('cli.office.fingerprint')} ${formatFingerprint(fingerprint)}`,
    ],
  };
}
