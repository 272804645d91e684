import { visible } from '../../../../shared/text/visible.ts';
import { type ShownMatter, type ShownMessage, showMatter } from '../../../usecases/show-matter.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { messageJson, messageLine } from '../../describe-message.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { toMatterId } from '../../parse-ids.ts';

export type ShowOptions = OfficeFlags;

export function show(matter: string, options: ShowOptions, context: CommandContext): Promise<CommandReport> {
  const id = toMatterId(matter);
  return withOffice(options, context, (office) => {
    const shown = showMatter(office, id);
    return { exit: EXIT.good, json: toJson(shown), text: toText(shown, context) };
  });
}

function toJson({ matter, participants, messages, allowed, gap, conflict }: ShownMatter): Record<string, unknown> {
  return {
    matter: { ...matter, participants },
    messages: messages.map(({ row, pos, voidReason, delivery, colour }) => ({
      ...messageJson(row),
      pos,
      voidReason,
      colour,
      delivery,
    })),
    allowed,
    gap,
    conflict,
  };
}

function toText({ matter, participants, messages, allowed, gap }: ShownMatter, context: CommandContext): string[] {
  const { t } = context;
  return [
    `${visible(matter.title)}  ${matter.state}`,
    `${t('cli.matter.show.participants')} ${participants.join(', ')}`,
    ...messages.map((message) => `  ${messageLine(message.row, standing(message, context), context)}`),
    ...(allowed.length === 0 ? [] : [`${t('cli.matter.show.allowed')} ${allowed.join(', ')}`]),
    ...(gap === null ? [] : [t('cli.matter.show.gap')]),
  ];
}

/** Its place in the lead's order, and for our own how far it has come. */
function standing({ pos, colour }: ShownMessage, { t }: CommandContext): string {
  const place = pos === null ? t('cli.matter.show.noPlace') : `#${pos}`;
  return colour === null ? place : `${place} ${t(`cli.message.colour.${colour}`)}`;
}
