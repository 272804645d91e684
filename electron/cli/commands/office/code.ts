import { showCardCode } from '../../../usecases/card-code.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatFingerprint } from '../../format.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { withOutput } from '../../output-file.ts';
import { toOfficeId } from '../../parse-ids.ts';

export interface CodeOptions extends OfficeFlags {
  readonly out?: string;
  readonly force: boolean;
}

/** The fingerprint of our own card, or of the office named, as a code: on the screen, and with `--out` as an SVG to print. */
export async function code(
  uscc: string | undefined,
  options: CodeOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const { out } = options;
  const { office, fingerprint, text, picture } = await withOffice(options, context, (own) =>
    showCardCode(own, uscc === undefined ? undefined : toOfficeId(uscc)),
  );
  if (out !== undefined) {
    await withOutput(out, options, (sink) => sink.write(Buffer.from(`${picture.svg}\n`)));
  }
  return {
    exit: EXIT.good,
    json: { office, fingerprint, code: text, modules: picture.modules, file: out ?? null },
    text: [
      ...(out === undefined ? picture.screen : []),
      text,
      `${context.t('cli.office.fingerprint')} ${formatFingerprint(fingerprint)}`,
      ...(out === undefined ? [] : [context.t('cli.office.code.verdict', { file: out })]),
    ],
  };
}
