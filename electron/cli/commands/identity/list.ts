import { listCertificates, type OwnCertificate } from '../../../usecases/tokens/list-certificates.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatFingerprint, formatInstant } from '../../format.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import type { TokenFlags } from '../../token-flags.ts';
import { moduleOf } from '../../token-session.ts';

export interface ListOptions extends OfficeFlags, Pick<TokenFlags, 'token' | 'tokenParameters'> {}

/** Whose keys are at hand, in the vault and on the tokens that are plugged in. */
export function listIdentities(options: ListOptions, context: CommandContext): Promise<CommandReport> {
  const further = moduleOf(options);
  return withOffice(options, context, async (office) => {
    const { certificates, failed } = await listCertificates(office, further === null ? [] : [further]);
    return {
      exit: failed.length === 0 ? EXIT.good : EXIT.environment,
      json: { identities: certificates, failed },
      text: [
        ...certificates.flatMap((one) => lines(one, context)),
        ...failed.map(({ module, code }) => `${module}: ${context.t(`errors.${code}`, { reason: '' })} [${code}]`),
      ],
    };
  });
}

function lines({ subject, certificate, notAfter, token, label, use, mayBe }: OwnCertificate, context: CommandContext) {
  const { t, language } = context;
  const uses = use === null ? mayBe : [use];
  const place = token === null ? t('cli.identity.list.inVault') : t('cli.identity.list.onToken', { token });
  const words = uses.map((one) => t(`cli.identity.list.use.${one}`)).join(', ');
  return [
    label === null ? subject : `${subject} (${label})`,
    `  ${place} · ${words}${use === null ? ` · ${t('cli.identity.list.unused')}` : ''}`,
    `  ${t('cli.identity.list.until', { at: formatInstant(notAfter, language) })}`,
    `  SHA-256 ${formatFingerprint(certificate)}`,
  ];
}
