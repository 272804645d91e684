import { AppError } from '../../../../shared/errors.ts';
import type { Act, ProcedureType } from '../../../../shared/model/vocabulary.ts';
import { findProcedure, listProcedures } from '../../../../shared/procedures/find-procedure.ts';
import { isBlocked } from '../../../../shared/procedures/preflight/finding.ts';
import { preflightMessage } from '../../../usecases/preflight/preflight-message.ts';
import { type SendMessage, sendMessage } from '../../../usecases/send-message.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { stampJson, stampLines } from '../../describe-stamp.ts';
import { EXIT } from '../../exit-codes.ts';
import { type Form, readForm } from '../../form-file.ts';
import { formatFingerprint } from '../../format.ts';
import type { OfficeFlags, SigningFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { type AttachFlags, withDocuments } from '../../open-documents.ts';
import { toMatterId, toOfficeId } from '../../parse-ids.ts';
import { adviceLines, blockedReport, clearReport, noteSentBefore, withoutSentBefore } from '../../preflight-report.ts';
import { readCredentials } from '../../signing.ts';
import { usageError } from '../../usage-error.ts';

export interface SendOptions extends OfficeFlags, SigningFlags, AttachFlags {
  readonly matter?: string;
  readonly type?: ProcedureType;
  readonly to: readonly string[];
  readonly act: Act;
  readonly form: string;
  /** Checks only: nothing is signed. */
  readonly preflight: boolean;
  /** The same request as before is meant. */
  readonly again: boolean;
}

/** Checks, signs, seals and queues one act: it is posted by `sync`. What the checks stop is not signed. */
export async function send(options: SendOptions, context: CommandContext): Promise<CommandReport> {
  const target = readTarget(options, context);
  const form = await readForm(options.form);
  requireSubtype(target, form);
  return withDocuments(options, context, (documents) =>
    withOffice(options, context, async (office) => {
      const { signal, t } = context;
      const { act } = options;
      const found = await preflightMessage(office, { target, act, form, documents });
      const checked = options.again ? withoutSentBefore(found) : found;
      // A form that its schema cannot hold is the caller's to mend: FORM_INVALID, before anything else is said of it.
      const formed = checked.findings.every(({ id }) => id !== 'form-invalid');
      if (isBlocked(checked.findings) && (formed || options.preflight)) return blockedReport(checked, context);
      if (options.preflight) return clearReport(checked, context);
      noteSentBefore(checked, context);
      const credentials = await readCredentials(office, options, context);
      const progress = context.progress(t('cli.progress.sealing'));
      try {
        const input = { credentials, target, act, form, documents, signal, progress: progress.update };
        const { m, matter, stamp } = await sendMessage(office, input);
        return {
          exit: EXIT.good,
          json: { m, matter, documents: documents.length, timestamp: stampJson(stamp), preflight: checked.findings },
          text: [
            t('cli.message.send.verdict', { matter }),
            `M ${formatFingerprint(m)}`,
            ...stampLines(stamp, context),
            ...adviceLines(checked, context),
          ],
        };
      } finally {
        progress.finish();
      }
    }),
  );
}

/** A type of several procedures says by its form which one is meant; what the words are, nothing else tells. @throws AppError FORM_INVALID */
function requireSubtype(target: SendMessage['target'], form: Form): void {
  if (!('to' in target) || findProcedure(target.type, form) !== null) return;
  const words = listProcedures(target.type).map(({ subtype }) => subtype);
  throw new AppError('FORM_INVALID', { field: 'subtype', reason: words.join(' | ') });
}

function readTarget({ matter, type, to }: SendOptions, { t }: CommandContext): SendMessage['target'] {
  if (matter !== undefined) {
    if (type !== undefined || to.length > 0) throw usageError(t('cli.message.send.either'));
    return { matter: toMatterId(matter) };
  }
  if (type === undefined || to.length === 0) throw usageError(t('cli.message.send.either'));
  return { type, to: to.map(toOfficeId) };
}
