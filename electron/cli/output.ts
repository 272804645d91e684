import type { AppError } from '../../shared/errors.ts';
import { visible } from '../../shared/text/visible.ts';
import type { CommandContext, CommandReport } from './context.ts';
import { EXIT, type ExitCode, exitOfCode } from './exit-codes.ts';

/** Writes what a command found: one JSON document, or lines; both on stdout. */
export function writeReport(context: CommandContext, report: CommandReport): ExitCode {
  const { io, json, t } = context;
  const ok = report.exit === EXIT.good;
  if (json) {
    io.stdout.write(toJson({ ok, ...(report.code === undefined ? {} : { code: report.code }), ...report.json }));
    return report.exit;
  }
  io.stdout.write(report.text.map((line) => `${line}\n`).join(''));
  if (!ok && report.code !== undefined) io.stderr.write(`${t(`errors.${report.code}`)} [${report.code}]\n`);
  return report.exit;
}

/**
 * Writes why a command ended without a finding: the text on stderr, and with `--json` a document on stdout. Never a stack, unless
 * LEXPOST_DEBUG asks for it.
 */
export function writeFailure(context: CommandContext, error: AppError): ExitCode {
  const { io, json, t } = context;
  const text = t(`errors.${error.code}`);
  if (json) io.stdout.write(toJson({ ok: false, code: error.code, params: error.params, text }));
  const details = Object.entries(error.params).map(([name, value]) => `  ${name}: ${visible(String(value))}\n`);
  io.stderr.write(`${text} [${error.code}]\n${details.join('')}`);
  if (io.env['LEXPOST_DEBUG']) io.stderr.write(`${stackOf(error)}\n`);
  return exitOfCode(error.code);
}

function stackOf(error: Error): string {
  const own = error.stack ?? String(error);
  return error.cause instanceof Error ? `${own}\n${stackOf(error.cause)}` : own;
}

function toJson(document: Record<string, unknown>): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
