import { verifyContainer } from '../../../packages/verify-container.ts';
import { containerReport, type ReportFlags, requireReportAbsent } from '../../container-report.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import type { TrustFlags } from '../../flags.ts';
import { openInput } from '../../input-file.ts';
import { readBinding } from '../../read-binding.ts';
import { readTrust } from '../../read-trust.ts';

export interface VerifyOptions extends TrustFlags, ReportFlags {
  readonly at: Date | undefined;
  readonly card: readonly string[];
}

/** An ASiC container alone, ours or another program's. */
export async function verifyFile(
  file: string,
  options: VerifyOptions,
  context: CommandContext,
): Promise<CommandReport> {
  await requireReportAbsent(options);
  const trust = await readTrust(options);
  const at = options.at ?? context.now();
  const bound = await readBinding(options.card, trust, at);
  const container = await openInput(file);
  try {
    const { report } = await verifyContainer({ container, trust, at, ...bound });
    return await containerReport(report, file, options, context);
  } finally {
    await container.close();
  }
}
