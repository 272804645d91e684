import { createCa } from '../../../pki/issue/create-ca.ts';
import { issueCrl } from '../../../pki/issue/issue-crl.ts';
import { writePem } from '../../../pki/pem.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { certificateJson, certificateLines } from '../../describe-certificate.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OutputFlags, PassphraseFlags } from '../../flags.ts';
import { requireAbsent, writeOutput } from '../../output-file.ts';
import { certificatesPem } from '../../pem-text.ts';
import { writeKeyFile } from '../../write-identity.ts';

export interface CreateCaOptions extends OutputFlags, PassphraseFlags {
  readonly name: string;
  readonly alg: 'p256' | 'p384' | 'rsa3072';
  readonly days?: number;
  readonly certOut?: string;
  readonly crlOut?: string;
}

/** The list says nothing new for so long: a trial need not issue another. Milliseconds. */
const CRL_LIFE = 365 * 24 * 3600_000;

/** An authority for trials: what `identity create --issuer`, `--trust` and `--crl` need. */
export async function createCaFile(options: CreateCaOptions, context: CommandContext): Promise<CommandReport> {
  const { name, alg, days, out, certOut, crlOut } = options;
  const { t, language } = context;
  const now = context.now();
  const ca = createCa({ name, algorithm: alg, now, ...(days === undefined ? {} : { validDays: days }) });
  const files = [out, certOut, crlOut].filter((path) => path !== undefined);
  await requireAbsent(files, options);
  await writeKeyFile(context, options, { entries: [{ ...ca, friendlyName: name }] });
  if (certOut !== undefined) await writeOutput(certOut, certificatesPem([ca.certificate]), options);
  if (crlOut !== undefined) {
    const nextUpdate = new Date(now.getTime() + CRL_LIFE);
    const crl = issueCrl({ thisUpdate: now, nextUpdate, number: 1, revoked: [] }, ca);
    await writeOutput(crlOut, writePem('X509 CRL', crl.der), options);
  }
  return {
    exit: EXIT.good,
    json: { file: out, files, certificate: certificateJson(ca.certificate) },
    text: [t('cli.identity.createCa.verdict', { file: out }), ...certificateLines(ca.certificate, t, language)],
  };
}
