import { visible } from '../../../../shared/text/visible.ts';
import { searchMessages } from '../../../usecases/search-messages.ts';
import type { ReadableDb } from '../../../vault/db/handle.ts';
import type { SearchHit } from '../../../vault/search/search-messages.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { messageJson } from '../../describe-message.ts';
import { EXIT } from '../../exit-codes.ts';
import { messageText } from '../../names.ts';
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
      text:
        items.length === 0
          ? [context.t('cli.matter.search.empty')]
          : items.map((hit) => hitLine(office.vault.read, hit, context)),
    };
  });
}

function hitLine(db: ReadableDb, { message, text }: SearchHit, { t }: CommandContext): string {
  const { matter, m } = message;
  const about = [text.subject, text.parties, text.documents].find((words) => words !== '') ?? '';
  return [matter ?? '-', messageText(db, message, t), visible(about.replace(/\n/g, ' ')), m.slice(0, 16)].join('  ');
}
