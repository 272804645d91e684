import type { PersonId, VaultId } from '../../../../shared/model/brand.ts';
import { issueCard } from '../../../usecases/issue-card.ts';
import { publishCard } from '../../../usecases/publish-card.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatFingerprint } from '../../format.ts';
import type { OfficeFlags, SigningFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { toOfficeId } from '../../parse-ids.ts';
import { readCredentials } from '../../signing.ts';

export interface CardOptions extends OfficeFlags, SigningFlags {
  readonly removePerson: readonly string[];
  readonly retireVault: readonly string[];
  readonly registrar?: string;
  /** `any` takes back what was said. */
  readonly format: readonly string[];
}

export interface PublishOptions extends OfficeFlags, SigningFlags {
  readonly to: readonly string[];
}

/** Signs our next card: with the persons brought in since the last one, and the changes asked for. */
export function signCard(options: CardOptions, context: CommandContext): Promise<CommandReport> {
  const { removePerson, retireVault, registrar, format } = options;
  return withOffice(options, context, async (office) => {
    const { m, card, fingerprint } = await issueCard(office, await readCredentials(office, options, context), {
      removePersons: removePerson as readonly PersonId[],
      retireVaults: retireVault as readonly VaultId[],
      ...(registrar === undefined ? {} : { registrar: registrar as VaultId }),
      ...(format.length === 0
        ? {}
        : { formats: format.filter((one) => one !== 'any').map((one) => one.toLowerCase()) }),
    });
    const persons = card.persons.map(({ id, name, acts }) => ({ id, name, acts }));
    const vaults = card.vaults.map(({ id, status, registrar }) => ({ id, status, registrar }));
    return {
      exit: EXIT.good,
      json: { m, version: card.version, fingerprint, persons, vaults, formats: card.formats ?? null },
      text: [
        context.t('cli.office.cardCommand.verdict', { version: card.version }),
        `${context.t('cli.office.fingerprint')} ${formatFingerprint(fingerprint)}`,
      ],
    };
  });
}

/** Queues our card for every office whose card is confirmed here, or for those named. */
export function publish(options: PublishOptions, context: CommandContext): Promise<CommandReport> {
  const to = options.to.length === 0 ? null : options.to.map(toOfficeId);
  return withOffice(options, context, async (office) => {
    const published = await publishCard(office, await readCredentials(office, options, context), to);
    return {
      exit: EXIT.good,
      json: { messages: published },
      text: [context.t('cli.office.publish.verdict', { count: published.length })],
    };
  });
}
