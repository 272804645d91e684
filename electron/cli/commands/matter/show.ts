import { civilMomentAt, formatCivilMoment } from '../../../../shared/procedures/clock/civil-date.ts';
import { type LabelSection, procedureText, procedureTitle } from '../../../../shared/procedures/procedure-text.ts';
import { visible } from '../../../../shared/text/visible.ts';
import type { AllowedAct } from '../../../usecases/matters/allowed-acts.ts';
import { type ShownMatter, type ShownMessage, showMatter } from '../../../usecases/show-matter.ts';
import type { ReadableDb } from '../../../vault/db/handle.ts';
import { clockLines } from '../../clock-lines.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { messageJson, messageLine } from '../../describe-message.ts';
import { EXIT } from '../../exit-codes.ts';
import { officeText } from '../../names.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { toMatterId } from '../../parse-ids.ts';

export type ShowOptions = OfficeFlags;

export function show(matter: string, options: ShowOptions, context: CommandContext): Promise<CommandReport> {
  const id = toMatterId(matter);
  return withOffice(options, context, (office) => {
    const shown = showMatter(office, id);
    return { exit: EXIT.good, json: toJson(shown), text: toText(office.vault.read, shown, context) };
  });
}

function toJson({
  matter,
  participants,
  messages,
  clocks,
  allowed,
  gap,
  conflict,
}: ShownMatter): Record<string, unknown> {
  return {
    matter: { ...matter, participants },
    clocks,
    messages: messages.map(({ row, pos, act, voidReason, delivery, colour }) => ({
      ...messageJson(row),
      pos,
      performed: act,
      voidReason,
      colour,
      delivery,
    })),
    allowed,
    gap,
    conflict,
  };
}

function toText(db: ReadableDb, shown: ShownMatter, context: CommandContext): string[] {
  const { matter, participants, messages, clocks, allowed, gap } = shown;
  const { t, now } = context;
  const name = matter.procedure ?? matter.type;
  const text = (section: LabelSection, id: string): string => procedureText(t, name, section, id);
  const sides = matter.sides.map((side) => text('sides', side)).join(' ');
  const moment = formatCivilMoment(civilMomentAt(now().getTime()));
  return [
    `${visible(matter.title)}  ${procedureTitle(t, name)}  ${text('states', matter.state)}`,
    ...(sides === '' ? [] : [t('cli.matter.show.sides', { sides })]),
    `${t('cli.matter.show.participants')} ${participants.map(({ office, role }) => `${officeText(db, office)}${role === null ? '' : ` ${text('roles', role)}`}`).join(', ')}`,
    ...(clocks.length === 0 ? [] : [t('cli.matter.show.clocks')]),
    ...clocks.flatMap((clock) => clockLines(clock, name, context, moment)).map((line) => `  ${line}`),
    ...messages.map((message) => `  ${messageLine(db, message.row, standing(message, context), context)}`),
    ...(allowed.length === 0 ? [] : [t('cli.matter.show.allowed', { name })]),
    ...allowed.map((act) => `  ${act.id}  ${text('acts', act.id)}  ${flagsOf(act)}  ${text('roles', act.role)}`),
    ...(gap === null ? [] : [t('cli.matter.show.gap')]),
  ];
}

/** What `message send` must be told for this act. */
function flagsOf({ act, fixed }: AllowedAct): string {
  return [`--act ${act}`, ...Object.entries(fixed).map(([name, value]) => `${name}=${value}`)].join(' ');
}

/** Its place in the lead's order, and for our own how far it has come. */
function standing({ pos, colour, voidReason }: ShownMessage, { t }: CommandContext): string {
  const place = pos === null ? t('cli.matter.show.noPlace') : `#${pos}${voidReason === null ? '' : ` (${voidReason})`}`;
  return [place, ...(colour === null ? [] : [t(`cli.message.colour.${colour}`)])].join(' ');
}
