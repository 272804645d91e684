import { formatSize } from '../../../../shared/text/format-size.ts';
import { listRejected } from '../../../usecases/list-rejected.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatInstant } from '../../format.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';

export interface RejectedOptions extends OfficeFlags {
  readonly limit: number;
}

/** What came in and was turned away, with its reason and digest. */
export function rejected(
  words: readonly string[],
  options: RejectedOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const { t, language } = context;
  return withOffice(options, context, (office) => {
    const { items, next } = listRejected(office, words.join(' '), options.limit);
    const shown = items.map(({ digest, size, code, address, receivedAt, quarantineFile, purgeAt }) => ({
      digest,
      size,
      code,
      address,
      receivedAt,
      kept: quarantineFile !== null,
      purgeAt,
    }));
    return {
      exit: EXIT.good,
      json: { rejected: shown, more: next !== null },
      text:
        shown.length === 0
          ? [t('cli.message.rejected.empty')]
          : shown.map(({ receivedAt, code, size, digest }) =>
              [formatInstant(receivedAt, language), code, formatSize(size), digest].join('  '),
            ),
    };
  });
}
