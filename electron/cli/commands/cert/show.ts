import { readCertificates } from '../../../pki/read-certificates.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { certificateJson, certificateLines } from '../../describe-certificate.ts';
import { EXIT } from '../../exit-codes.ts';
import { BUNDLE_LIMIT, readInput } from '../../input-file.ts';

export async function showCertificates(file: string, { t, language }: CommandContext): Promise<CommandReport> {
  const certificates = readCertificates(await readInput(file, BUNDLE_LIMIT));
  return {
    exit: EXIT.good,
    json: { certificates: certificates.map(certificateJson) },
    text: certificates.flatMap((certificate) => certificateLines(certificate, t, language)),
  };
}
