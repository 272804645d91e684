import { AppError } from '../../../../shared/errors.ts';
import type { OfficeType } from '../../../../shared/model/office-card.ts';
import type { Certificate } from '../../../pki/certificate.ts';
import type { Identity } from '../../../pki/identity.ts';
import { createIdentity, type Issuer } from '../../../pki/issue/create-identity.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { identityJson, identityLines } from '../../describe-identity.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OutputFlags, PassphraseFlags } from '../../flags.ts';
import { readPkcs12File } from '../../key-file.ts';
import { requireAbsent, writeOutput } from '../../output-file.ts';
import { certificatesPem } from '../../pem-text.ts';
import { writeIdentity } from '../../write-identity.ts';

export interface SubjectOptions {
  readonly name: string;
  readonly type: OfficeType;
  readonly uscc: string;
  readonly region: string;
  readonly alg: 'p256' | 'p384' | 'rsa3072';
}

export interface CreateOptions extends SubjectOptions, OutputFlags, PassphraseFlags {
  readonly days?: number;
  readonly issuer?: string;
  readonly issuerPassphraseFile?: string;
  readonly certOut?: string;
}

interface CertificateFile {
  readonly role: string;
  readonly path: string;
  readonly pem: string;
}

export async function createIdentityFile(options: CreateOptions, context: CommandContext): Promise<CommandReport> {
  const { name, type, uscc, region, alg, days, issuer } = options;
  const identity = createIdentity({
    name,
    officeType: type,
    uscc,
    region,
    algorithm: alg,
    now: context.now(),
    ...(days === undefined ? {} : { validDays: days }),
    ...(issuer === undefined ? {} : { issuer: await readIssuer(issuer, options, context) }),
  });
  const files = options.certOut === undefined ? [] : certificateFiles(options.certOut, identity);
  await requireAbsent([options.out, ...files.map(({ path }) => path)], options);
  await writeIdentity(context, options, identity);
  for (const { path, pem } of files) await writeOutput(path, pem, options);
  return {
    exit: EXIT.good,
    json: {
      file: options.out,
      certificateFiles: Object.fromEntries(files.map(({ role, path }) => [role, path])),
      ...identityJson(identity),
    },
    text: [context.t('cli.identity.create.verdict', { file: options.out }), ...identityLines(identity, context)],
  };
}

async function readIssuer(path: string, options: CreateOptions, context: CommandContext): Promise<Issuer> {
  const passphraseFile = options.issuerPassphraseFile ?? options.passphraseFile;
  const request = { path, passphraseFile, passphraseFlag: '--issuer-passphrase-file' };
  const { entries, certificates } = await readPkcs12File(context, request);
  for (const { key, certificate } of entries) {
    if (certificate?.basicConstraints?.ca === true) return { key, certificate, chain: certificates };
  }
  throw new AppError('KEY_MISSING', { path, usage: 'keyCertSign' });
}

/** The certificates by role, with the files that they go into. */
function certificateFiles(prefix: string, { signing, encryption, chain }: Identity): CertificateFile[] {
  const file = (role: string, certificates: readonly Certificate[]) => ({
    role,
    path: `${prefix}-${role}.pem`,
    pem: certificatesPem(certificates),
  });
  const files = [file('signing', [signing.certificate]), file('encryption', [encryption.certificate])];
  return chain.length === 0 ? files : [...files, file('chain', chain)];
}
