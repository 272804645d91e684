import type { AnchorScope } from '../../../../shared/model/anchor-scope.ts';
import type { ImportAnchors } from '../../../usecases/trust/import-anchors.ts';
import { instantOf } from '../../../usecases/uuid-v7.ts';
import { anchorJson, anchorLines, isWaiting, takeAnchors } from '../../confirm-anchors.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { BUNDLE_LIMIT, readInputs } from '../../input-file.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';

export interface TermsFlags {
  readonly scope: readonly AnchorScope[];
  readonly from?: Date;
  readonly until?: Date;
}

export interface ImportOptions extends OfficeFlags, TermsFlags {
  readonly fingerprint: readonly string[];
}

/** Shows the fingerprint of each certificate; those that nobody compared wait: exit status 4. */
export async function importFiles(
  files: readonly string[],
  options: ImportOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const read = await readInputs(files, BUNDLE_LIMIT);
  return withOffice(options, context, (office) => {
    const anchors = takeAnchors(office, read, options.fingerprint, termsOf(options));
    const waiting = anchors.some(isWaiting);
    return {
      exit: waiting ? EXIT.indeterminate : EXIT.good,
      json: { anchors: anchors.map(anchorJson) },
      text: [
        ...anchors.flatMap((anchor) => anchorLines(anchor, context)),
        ...(waiting ? [context.t('cli.trust.import.compare')] : []),
      ],
    };
  });
}

export function termsOf({ scope, from, until }: TermsFlags): Omit<ImportAnchors, 'by'> {
  return {
    ...(scope.length === 0 ? {} : { scopes: scope }),
    ...(from === undefined ? {} : { validFrom: instantOf(from) }),
    ...(until === undefined ? {} : { validUntil: instantOf(until) }),
  };
}
