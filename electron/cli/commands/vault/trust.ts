import { addAnchors, addCrls } from '../../../usecases/add-trust.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { certificateJson } from '../../describe-certificate.ts';
import { EXIT } from '../../exit-codes.ts';
import { BUNDLE_LIMIT, readInputs } from '../../input-file.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';
import { usageError } from '../../usage-error.ts';

export interface TrustOptions extends Omit<OfficeFlags, 'vault'> {
  readonly trust: readonly string[];
  readonly crl: readonly string[];
}

/** Trusts CAs from now on, and takes in what they have revoked. */
export async function addTrust(dir: string, options: TrustOptions, context: CommandContext): Promise<CommandReport> {
  const { trust, crl } = options;
  if (trust.length + crl.length === 0) throw usageError(context.t('cli.vault.trust.nothing'));
  const anchors = await readInputs(trust, BUNDLE_LIMIT);
  const lists = await readInputs(crl, BUNDLE_LIMIT);
  return withOffice({ ...options, vault: dir }, context, (office) => {
    const certificates = anchors.flatMap((bytes) => addAnchors(office, bytes, ACTOR));
    const crls = lists.reduce((sum, bytes) => sum + addCrls(office, bytes), 0);
    return {
      exit: EXIT.good,
      json: { anchors: certificates.map(certificateJson), crls },
      text: [
        ...certificates.map(({ subjectText }) => context.t('cli.vault.trust.anchor', { subject: subjectText })),
        ...(crl.length === 0 ? [] : [context.t('cli.vault.trust.crls', { count: crls })]),
      ],
    };
  });
}
