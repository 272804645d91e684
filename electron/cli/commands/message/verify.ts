import { noteOfHalfWritten } from '../../../usecases/half-written.ts';
import { type TrustTimeBy, verifyMessage } from '../../../usecases/verify-message.ts';
import { containerReport, type ReportFlags, requireReportAbsent } from '../../container-report.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { messageNamed, readMessageName } from '../../message-named.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';

export type VerifyOptions = OfficeFlags & ReportFlags;

const TEXTS = { timestamps: 'timestamps', 'stored-material': 'storedMaterial', 'own-record': 'ownRecord' } as const;

/** A stored message, verified anew with everything that was kept for it; nobody is asked. */
export async function verify(text: string, options: VerifyOptions, context: CommandContext): Promise<CommandReport> {
  const name = readMessageName(text);
  await requireReportAbsent(options);
  return withOffice(options, context, async (office) => {
    const m = messageNamed(office, name, context);
    const { report, trustTimeBy } = await verifyMessage(office, m, options.at ?? context.now());
    const found = await containerReport(report, m, options, context, noteOfHalfWritten(office.vault));
    const line = trustTimeLine(trustTimeBy, context);
    return { ...found, json: { ...found.json, trustTimeBy }, text: [...found.text, ...line] };
  });
}

function trustTimeLine(by: TrustTimeBy, { t }: CommandContext): string[] {
  return by === 'now' ? [] : [t(`cli.message.verify.by.${TEXTS[by]}`)];
}
