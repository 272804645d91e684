import { addCrls } from '../../../usecases/add-trust.ts';
import { anchorJson, anchorLines, isWaiting, takeAnchors } from '../../confirm-anchors.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { BUNDLE_LIMIT, readInputs } from '../../input-file.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { usageError } from '../../usage-error.ts';

export interface TrustOptions extends Omit<OfficeFlags, 'vault'> {
  readonly trust: readonly string[];
  readonly fingerprint: readonly string[];
  readonly crl: readonly string[];
}

/** Trusts CAs whose fingerprints were compared, and takes in what they have revoked. */
export async function addTrust(dir: string, options: TrustOptions, context: CommandContext): Promise<CommandReport> {
  const { trust, crl, fingerprint } = options;
  if (trust.length + crl.length === 0) throw usageError(context.t('cli.vault.trust.nothing'));
  const anchors = await readInputs(trust, BUNDLE_LIMIT);
  const lists = await readInputs(crl, BUNDLE_LIMIT);
  return withOffice({ ...options, vault: dir }, context, (office) => {
    const taken = takeAnchors(office, anchors, fingerprint);
    const waiting = taken.some(isWaiting);
    const crls = lists.reduce((sum, bytes) => sum + addCrls(office, bytes), 0);
    return {
      exit: waiting ? EXIT.indeterminate : EXIT.good,
      json: { anchors: taken.map(anchorJson), crls },
      text: [
        ...taken.flatMap((anchor) => anchorLines(anchor, context)),
        ...(waiting ? [context.t('cli.trust.import.compare')] : []),
        ...(crl.length === 0 ? [] : [context.t('cli.vault.trust.crls', { count: crls })]),
      ],
    };
  });
}
