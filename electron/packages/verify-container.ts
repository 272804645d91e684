import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { M, Sha256 } from '../../shared/model/brand.ts';
import type { Message } from '../../shared/model/message.ts';
import { documentPath } from '../../shared/model/names.ts';
import { REPORT_VERSION } from '../../shared/model/verification-report.ts';
import type { ByteSource } from '../files/bytes.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { Indication, SubIndication } from '../pki/verdict.ts';
import { ENTRY, isArchiveEntry } from './asic/entry-names.ts';
import { bufferContent, digestedContent } from './cms/signed-content.ts';
import type { OpenedPackage } from './open-package.ts';
import type { DocumentReport, VerificationReport } from './report.ts';
import { checkBinding, checkRecipients, checkSigner, checkSuite, type SenderBinding } from './verify/check-message.ts';
import { type Findings, newFindings, notChecked, pass } from './verify/checks.ts';
import { withEmbeddedIn } from './verify/embedded-values.ts';
import { judgeArchives } from './verify/judge-archives.ts';
import { type ForeignContainer, readForeign } from './verify/read-foreign.ts';
import { type ProfileContainer, readProfile } from './verify/read-profile.ts';
import { type TrustInput, type VerifiedSigner, verifySignatures } from './verify/verify-signatures.ts';
import type { ScanResult } from './zip/entry-scanner.ts';
import { readForeignZip } from './zip/read-foreign-zip.ts';
import { storedBlocksSource } from './zip/stored-blocks.ts';

export type { SenderBinding } from './verify/check-message.ts';
export type { TrustInput } from './verify/verify-signatures.ts';

export interface VerifyInput {
  readonly container: ByteSource;
  /** Where it came out of a sealed package: its recipients are checked against the signed list. */
  readonly opened?: Pick<OpenedPackage, 'cipher' | 'recipientIds' | 'otherRecipients' | 'openedAs' | 'scan'>;
  /** Encryption certificates that the caller knows, to compare the outer recipients with the signed list one by one. */
  readonly knownRecipients?: readonly Certificate[];
  /** Its entries, where they were scanned before: a second look needs no second pass. */
  readonly scan?: ScanResult;
  readonly trust: TrustInput;
  /** Trust time (protocol.md 4): never the claimed signing time. */
  readonly at: Date;
  /** Without it the verdict speaks of the signature alone. */
  readonly binding?: SenderBinding;
  /** `profile`: only our own containers; what exchange takes. */
  readonly accept?: 'profile' | 'any';
}

export interface ContainerVerdict {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  readonly code: ErrorCode | null;
  readonly report: VerificationReport;
  readonly m: M | null;
  /** Null unless everything that protects it held; an indeterminate verdict still shows it. */
  readonly message: Message | null;
  readonly signatureDigest: Sha256 | null;
  readonly signer: Certificate | null;
  /**
   * Random access to a document of the message, by its index.
   * @throws AppError with the verdict's code where it failed, VERDICT_INDETERMINATE where it is undecided and `allowIndeterminate` is not given
   */
  readDocument(index: number, options?: { readonly allowIndeterminate?: boolean }): Promise<ByteSource>;
}

/** Everything that a verifier must check (package-format.md), in that order. It never throws for what the container holds: it says what is wrong. */
export async function verifyContainer(input: VerifyInput): Promise<ContainerVerdict> {
  const findings = newFindings();
  const { opened } = input;
  if (opened !== undefined) {
    pass(findings, 'envelope', `${opened.cipher}, ${opened.recipientIds.length} recipients`);
    if (opened.cipher.endsWith('-gcm')) {
      pass(findings, 'content-authentic', 'tag verified before anything was read');
    } else notChecked(findings, 'content-authentic', `${opened.cipher} has no tag`);
  }
  const strict = input.accept === 'profile' || opened?.scan != null || (await namesMessage(input.container));
  return strict ? verifyProfile(input, findings) : verifyForeign(input, findings);
}

/** A container that has a message.json claims our profile, and is held to all of it. */
async function namesMessage(container: ByteSource): Promise<boolean> {
  try {
    return (await readForeignZip(container)).some(({ name }) => name === ENTRY.message);
  } catch {
    return false;
  }
}

async function verifyProfile(input: VerifyInput, findings: Findings): Promise<ContainerVerdict> {
  const { container, opened, trust, binding } = input;
  const isCopy = input.accept !== 'profile' && opened === undefined;
  const profile = await readProfile(container, opened?.scan ?? input.scan ?? null, findings, isCopy);
  if (profile === null) return verdictOf(input, findings, null, [], []);
  const at = archivedAt(profile, input, findings);
  const signers = await verifySignatures(profile.signature, bufferContent(profile.manifest), trust, at, true, findings);
  const [signer] = signers;
  checkSigner(profile.message, signer?.certificate ?? null, findings);
  if (opened === undefined) notChecked(findings, 'recipients', 'the container was not sealed');
  else {
    checkSuite(profile.message, opened, findings);
    checkRecipients(profile.message, opened, input.knownRecipients ?? [], findings);
  }
  checkBinding(profile.message, signer?.certificate ?? null, signer?.trustTime ?? at, binding, findings);
  return verdictOf({ ...input, at }, findings, profile, signers, reportDocuments(profile));
}

/** The moment that the verdict speaks of: where archive timestamps hold, the one at which the oldest proves all the rest. */
function archivedAt(profile: ProfileContainer, { trust, at }: VerifyInput, findings: Findings): Date {
  const { archives, digests, signature } = profile;
  if (archives.length === 0) return at;
  const required = [...digests.keys()].filter((name) => isCovered(name));
  // one authority may have made several stamps: what proves it may stand with any of them
  const known = withEmbeddedIn(trust, signature);
  const { provenAt, checks } = judgeArchives(archives, (name) => digests.get(name) ?? null, required, known, at);
  findings.checks.push(...checks);
  return provenAt ?? at;
}

/** What every archive timestamp must cover: all but itself, its like, and what has no meaning. */
function isCovered(name: string): boolean {
  return name !== ENTRY.mimetype && name !== ENTRY.padding && !isArchiveEntry(name);
}

function reportDocuments({ message }: ProfileContainer): DocumentReport[] {
  return message.documents.map(({ name, mediaType, size, sha256 }) => ({ name, mediaType, size, sha256 }));
}

async function verifyForeign(input: VerifyInput, findings: Findings): Promise<ContainerVerdict> {
  const { container, trust, at } = input;
  const foreign = await readForeign(container, findings);
  if (foreign === null) return verdictOf(input, findings, null, [], []);
  const signers: VerifiedSigner[] = [];
  for (const { name, der, covers, contentDigest } of foreign.signatures) {
    pass(findings, 'signature', name);
    const digests = new Map<'sha256' | 'sha384' | 'sha512', Buffer>();
    for (const algorithm of ['sha256', 'sha384', 'sha512'] as const)
      digests.set(algorithm, await contentDigest(algorithm));
    const own = await verifySignatures(der, digestedContent(digests), trust, at, false, findings);
    signers.push(...own.map((signer) => withScope(signer, foreign.documents, covers)));
  }
  notChecked(findings, 'message', 'not a LexPost container');
  notChecked(findings, 'recipients', 'nothing signed says for whom it is');
  notChecked(findings, 'sender-bound', 'not a LexPost container');
  const documents = foreign.documents.map(({ name, size, sha256 }) => ({ name, mediaType: null, size, sha256 }));
  return verdictOf(input, findings, foreign, signers, documents);
}

/** Each signature of a foreign container has its own manifest: whoever signed one document must not be taken for the signer of its neighbours. */
function withScope(
  signer: VerifiedSigner,
  documents: ForeignContainer['documents'],
  covers: ReadonlySet<string>,
): VerifiedSigner {
  const covered = documents.flatMap(({ name }, index) => (covers.has(name) ? [index] : []));
  if (covered.length === documents.length) return signer;
  return { ...signer, report: { ...signer.report, documents: covered } };
}

function verdictOf(
  { container, opened, at }: VerifyInput,
  findings: Findings,
  read: ProfileContainer | ForeignContainer | null,
  signers: readonly VerifiedSigner[],
  documents: readonly DocumentReport[],
): ContainerVerdict {
  const { indication, subIndication, code, checks } = findings;
  const profile = read !== null && 'm' in read ? read : null;
  const shown = indication === 'TOTAL_FAILED' ? null : profile;
  const report: VerificationReport = {
    version: REPORT_VERSION,
    indication,
    subIndication,
    code,
    validationTime: at.toISOString(),
    m: profile?.m ?? null,
    signers: signers.map((signer) => signer.report),
    container: {
      profile: profile !== null ? 'lexpost' : read !== null && 'kind' in read ? read.kind : null,
      size: container.size,
      encryption: opened?.cipher ?? null,
    },
    documents: indication === 'TOTAL_FAILED' ? [] : [...documents],
    message: shown?.message ?? null,
    checks,
  };
  return {
    indication,
    subIndication,
    code,
    report,
    m: profile?.m ?? null,
    message: shown?.message ?? null,
    signatureDigest: signers[0]?.signatureDigest ?? null,
    signer: signers[0]?.certificate ?? null,
    async readDocument(index, { allowIndeterminate = false } = {}) {
      if (indication === 'TOTAL_FAILED') throw new AppError(code ?? 'SIGNATURE_INVALID');
      if (indication === 'INDETERMINATE' && !allowIndeterminate) throw new AppError(code ?? 'VERDICT_INDETERMINATE');
      return documentSource(container, profile, index);
    },
  };
}

function documentSource(container: ByteSource, profile: ProfileContainer | null, index: number): ByteSource {
  const entry = profile?.documents[index];
  const name = profile?.message.documents[index]?.name;
  if (entry === undefined || name === undefined || entry.name !== documentPath(index, name))
    throw new AppError('FILE_NOT_FOUND', { index });
  return storedBlocksSource(container, entry.dataOffset, entry.size);
}
