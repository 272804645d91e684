import type { Act, ProcedureType } from '../../../../shared/model/vocabulary.ts';
import { type SendMessage, sendMessage } from '../../../usecases/send-message.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { stampJson, stampLines } from '../../describe-stamp.ts';
import { EXIT } from '../../exit-codes.ts';
import { readForm } from '../../form-file.ts';
import { formatFingerprint } from '../../format.ts';
import type { OfficeFlags, SigningFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { type AttachFlags, withDocuments } from '../../open-documents.ts';
import { toMatterId, toOfficeId } from '../../parse-ids.ts';
import { readCredentials } from '../../signing.ts';
import { usageError } from '../../usage-error.ts';

export interface SendOptions extends OfficeFlags, SigningFlags, AttachFlags {
  readonly matter?: string;
  readonly type?: ProcedureType;
  readonly to: readonly string[];
  readonly act: Act;
  readonly form: string;
}

/** Signs, seals and queues one act: it is posted by `sync`. */
export async function send(options: SendOptions, context: CommandContext): Promise<CommandReport> {
  const target = readTarget(options, context);
  const form = await readForm(options.form);
  return withDocuments(options, context, (documents) =>
    withOffice(options, context, async (office) => {
      const credentials = await readCredentials(office, options, context);
      const { signal, t } = context;
      const progress = context.progress(t('cli.progress.sealing'));
      try {
        const { act } = options;
        const input = { credentials, target, act, form, documents, signal, progress: progress.update };
        const { m, matter, stamp } = await sendMessage(office, input);
        return {
          exit: EXIT.good,
          json: { m, matter, documents: documents.length, timestamp: stampJson(stamp) },
          text: [t('cli.message.send.verdict', { matter }), `M ${formatFingerprint(m)}`, ...stampLines(stamp, context)],
        };
      } finally {
        progress.finish();
      }
    }),
  );
}

function readTarget({ matter, type, to }: SendOptions, { t }: CommandContext): SendMessage['target'] {
  if (matter !== undefined) {
    if (type !== undefined || to.length > 0) throw usageError(t('cli.message.send.either'));
    return { matter: toMatterId(matter) };
  }
  if (type === undefined || to.length === 0) throw usageError(t('cli.message.send.either'));
  return { type, to: to.map(toOfficeId) };
}
