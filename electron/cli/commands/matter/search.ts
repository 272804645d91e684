import { visible } from '../../../../shared/text/visible.ts';
import { searchMessages } from '../../../usecases/search-messages.ts';
import type { SearchHit } from '../../../vault/search/search-messages.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { messageJson } from '../../describe-message.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';

export interface SearchOptions extends OfficeFlags {
  readonly limit: number;
}

/** Messages that contain every word, with the matter that each belongs to. */
export function search(
  words: readonly string[],
  options: SearchOptions,
  context: CommandContext,
): Promise<CommandReport> {
  return withOffice(options, context, (office) => {
    const { items, next } = searchMessages(office, words.join(' '), {}, options.limit);
    return {
      exit: EXIT.good,
      json: {
        hits: items.map(({ message, text }) => ({ ...messageJson(message), subject: text.subject })),
        more: next !== null,
      },
      text: items.length === 0 ? [context.t('cli.matter.search.empty')] : items.map(hitLine),
    };
  });
}

function hitLine({ message, text }: SearchHit): string {
  const { matter, act, kind, m } = message;
  const about = [text.subject, text.parties, text.documents].find((words) => words !== '') ?? '';
  return [matter ?? '-', act ?? kind, visible(about.replace(/\n/g, ' ')), m.slice(0, 16)].join('  ');
}
