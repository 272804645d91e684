import { z } from 'zod';
import { verificationReport as report, reportCheck } from '../../../shared/model/verification-report.ts';

/** The document of `open` and `verify` with `--json` (cli.md): the report, and what the command adds to it. */
export const verificationReport = report
  .omit({ code: true })
  .extend({ ok: z.boolean(), code: z.string().optional(), extracted: z.array(z.string()).optional() });

/** The answer to one check by its id; undefined where it was not reached. */
export function findCheck(document: unknown, id: string): boolean | null | undefined {
  const { checks } = z.looseObject({ checks: z.array(reportCheck) }).parse(document);
  return checks.find((one) => one.id === id)?.ok;
}
