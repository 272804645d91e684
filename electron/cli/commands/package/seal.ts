import { randomBytes } from 'node:crypto';
import { AppError } from '../../../../shared/errors.ts';
import type { MatterId, MessageId, OfficeId } from '../../../../shared/model/brand.ts';
import { isUscc } from '../../../../shared/model/identifiers.ts';
import { NO_NETWORK, type TsaSetting, tsaSetting } from '../../../../shared/model/trust-network.ts';
import type { Act, ProcedureType } from '../../../../shared/model/vocabulary.ts';
import { MESSAGE_VERSION, SUITES } from '../../../../shared/model/vocabulary.ts';
import { formatSize } from '../../../../shared/text/format-size.ts';
import { createFetcher } from '../../../network/create-fetcher.ts';
import type { MessageDraft } from '../../../packages/container-plan.ts';
import { type SealedPackage, sealPackage } from '../../../packages/seal-package.ts';
import type { SealDocument } from '../../../packages/write-container.ts';
import type { Certificate } from '../../../pki/certificate.ts';
import { readCertificates } from '../../../pki/read-certificates.ts';
import { type SealedStamp, stampBy } from '../../../usecases/trust/sealing-stamp.ts';
import { instantOf, uuidV7 } from '../../../usecases/uuid-v7.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { stampJson, stampLines } from '../../describe-stamp.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OutputFlags } from '../../flags.ts';
import { type Form, readForm } from '../../form-file.ts';
import { formatFingerprint } from '../../format.ts';
import { BUNDLE_LIMIT, readInputs } from '../../input-file.ts';
import { type AttachFlags, withDocuments } from '../../open-documents.ts';
import { requireAbsent, withOutput } from '../../output-file.ts';
import { type SealIdentity, type SealIdentityFlags, withSealIdentity } from '../../seal-identity.ts';
import { usageError } from '../../usage-error.ts';

export interface SealOptions extends OutputFlags, SealIdentityFlags, AttachFlags {
  readonly to: readonly string[];
  readonly type: ProcedureType;
  readonly act: Act;
  readonly form: string;
  readonly tsa: readonly string[];
}

/** One opening act as a package, outside any vault: exchange refuses it, a person can open and verify it. */
export async function sealFiles(options: SealOptions, context: CommandContext): Promise<CommandReport> {
  const tsas = readTsas(options.tsa, context);
  await requireAbsent([options.out], options);
  const form = await readForm(options.form);
  const given = (await readInputs(options.to, BUNDLE_LIMIT)).flatMap(readCertificates);
  return withDocuments(options, context, async (documents) => {
    return withSealIdentity(options, context, async (identity) => {
      const { sealed, stamp } = await seal({ form, given, documents, tsas, identity }, options, context);
      return report(sealed, stamp, options.out, identity.encryption !== null, context);
    });
  });
}

/** Whom the command line names may be asked, and nobody else. */
function readTsas(urls: readonly string[], { t }: CommandContext): TsaSetting[] {
  return urls.map((url) => {
    const parsed = tsaSetting.safeParse({ url, policy: null });
    if (!parsed.success) throw usageError(t('cli.package.seal.tsaInvalid', { url }));
    return parsed.data;
  });
}

interface Material {
  readonly form: Form;
  readonly given: readonly Certificate[];
  readonly documents: readonly SealDocument[];
  readonly tsas: readonly TsaSetting[];
  readonly identity: SealIdentity;
}

async function seal(
  { form, given, documents, tsas, identity }: Material,
  options: SealOptions,
  context: CommandContext,
): Promise<{ readonly sealed: SealedPackage; readonly stamp: SealedStamp }> {
  const { out, force } = options;
  const { signer, encryption } = identity;
  const recipients = distinct([...given, ...(encryption === null ? [] : [encryption])]);
  const now = context.now();
  const draft = draftOf(options, form, signer.certificate, recipients, now);
  const progress = context.progress(context.t('cli.progress.sealing'));
  const means = {
    fetch: createFetcher(() => ({ ...NO_NETWORK, tsas: [...tsas] })),
    now: context.now,
    random: randomBytes,
    outages: new Map<string, number>(),
  };
  const { stamp, result } = stampBy(means, tsas, () => null, context.signal);
  const input = {
    draft,
    documents,
    recipients,
    signer,
    now,
    signal: context.signal,
    progress: progress.update,
    ...(stamp === undefined ? {} : { stamp }),
  };
  try {
    const sealed = await withOutput(out, { force }, (sink) => sealPackage({ ...input, sink }));
    return { sealed, stamp: result(sealed.timestamp) };
  } finally {
    progress.finish();
  }
}

function draftOf(
  { type, act }: SealOptions,
  form: Form,
  signer: Certificate,
  recipients: readonly Certificate[],
  now: Date,
): MessageDraft {
  const office = officeOf(signer);
  return {
    version: MESSAGE_VERSION,
    suite: SUITES[0],
    kind: 'act',
    id: uuidV7(now) as MessageId,
    matter: uuidV7(now) as MatterId,
    type,
    act,
    author: { office, vault: null, epoch: 1 },
    seq: 1,
    prev: null,
    parents: [],
    enclosures: [],
    sender: { office, person: null, certificate: signer.sha256 },
    recipients: recipients.map((certificate) => ({
      office: officeOf(certificate),
      vault: null,
      certificate: certificate.sha256,
    })),
    createdAt: instantOf(now),
    form,
  };
}

/** The office that a certificate names; null where it names none. */
function officeOf({ organizationIdentifier }: Certificate): OfficeId | null {
  const isOffice = organizationIdentifier !== null && isUscc(organizationIdentifier);
  return isOffice ? (organizationIdentifier as OfficeId) : null;
}

function distinct(certificates: readonly Certificate[]): Certificate[] {
  return [...new Map(certificates.map((certificate) => [certificate.sha256, certificate])).values()];
}

function report(
  { m, message, signatureDigest, packageSize }: SealedPackage,
  stamp: SealedStamp,
  out: string,
  senderCanRead: boolean,
  context: CommandContext,
): CommandReport {
  const { t } = context;
  if (message.kind !== 'act') throw new AppError('INTERNAL');
  return {
    exit: EXIT.good,
    json: {
      file: out,
      m,
      id: message.id,
      matter: message.matter,
      signatureDigest,
      size: packageSize,
      documents: message.documents,
      timestamp: stampJson(stamp),
      senderCanRead,
    },
    text: [
      t('cli.package.seal.verdict', { file: out, size: formatSize(packageSize), count: message.recipients.length }),
      `M ${formatFingerprint(m)}`,
      ...stampLines(stamp, context),
      ...(senderCanRead ? [] : [t('cli.package.seal.senderCannotRead')]),
      ...message.documents.map(({ name, size, sha256 }) => `  ${name}  ${formatSize(size)}  ${sha256}`),
    ],
  };
}
