import type { Language, Translate } from '../i18n/create-i18n.ts';
import { INDICATIONS, type Indication } from '../model/verdict.ts';
import type { ReportCheck, SignerReport, VerificationReport } from '../model/verification-report.ts';
import { shortName } from '../text/distinguished-name.ts';
import { formatSize } from '../text/format-size.ts';
import { adviceFor, becauseOf, causeOf } from './because.ts';
import { describeChecks } from './describe-checks.ts';
import { describeFacts } from './describe-facts.ts';
import type { BandView, ReportTone, ReportView, RowView, SignatureView } from './report-view.ts';

export interface ReportWords {
  readonly t: Translate;
  readonly language: Language;
  /** A moment as it is to be read, in the zone that `zone` names. */
  readonly time: (at: string) => string;
  /** E.g. `UTC+8`. */
  readonly zone: string;
  /** Whether the verdict speaks of now by this computer, or of a time that somebody named. */
  readonly clock: 'local' | 'given';
  /** Name of the file that was verified. */
  readonly file?: string;
}

/** Of the rules that verdicts are reached by: a change of what passes raises it. */
export const RULES_VERSION = '2026-11';

export const TONES: Readonly<Record<Indication, ReportTone>> = {
  TOTAL_PASSED: 'done',
  INDETERMINATE: 'waiting',
  TOTAL_FAILED: 'failed',
};

/** Puts a report into words: what it says, when and from which source it was known. Nothing is decided here. */
export function describeReport(report: VerificationReport, words: ReportWords): ReportView {
  const { t, language } = words;
  const band = describeBand(report, words);
  return {
    language,
    title: t('report.title'),
    indication: report.indication,
    subIndication: report.subIndication,
    band,
    paragraph: joinSentences([endOf(band.headline, language), ...band.lines], language),
    signatures: report.signers.map((signer, index) => describeSignature(signer, index, report, words)),
    documents: report.documents.map(({ name, size, sha256 }) => ({ name, size: formatSize(size), sha256 })),
    about: describeFile(report, words),
    checks: describeChecks(
      report.checks.filter(({ signature }) => signature === undefined),
      t,
    ),
    limits: t('report.limits'),
  };
}

/** A headline is a title in a page and a sentence in a paragraph. */
export function endOf(headline: string, language: Language): string {
  return `${headline}${language === 'en' ? '.' : '。'}`;
}

function joinSentences(sentences: readonly string[], language: Language): string {
  return sentences.filter((one) => one !== '').join(language === 'en' ? ' ' : '');
}

function describeBand(report: VerificationReport, words: ReportWords): BandView {
  const { t, time, zone, clock } = words;
  const { indication, validationTime } = report;
  return {
    tone: TONES[indication],
    word: t(`report.word.${indication}`),
    headline: headlineOf(report, words),
    lines: [contentLine(report, words), meaningLine(report, words)],
    meta: t('report.meta', {
      at: time(validationTime),
      clock: t(`report.clock.${clock}`),
      zone,
      rules: t('report.rules', { version: RULES_VERSION }),
    }),
  };
}

const isOf = (indication: Indication) => (signer: SignerReport) => signer.indication === indication;

function headlineOf(report: VerificationReport, { t, time }: ReportWords): string {
  const { indication, signers } = report;
  const count = signers.length;
  const good = signers.filter(isOf('TOTAL_PASSED')).length;
  const because = becauseOf(causeOf(report.subIndication, report.checks, report.signers), t);
  if (indication === 'TOTAL_PASSED') return passedHeadline(report, { t, time });
  // where every signature holds, what is wrong is wrong with the whole
  const isOfSignatures = count > 1 && good < count;
  if (indication === 'INDETERMINATE') {
    if (!isOfSignatures) return t('report.headline.open', { because });
    return t('report.headline.openMany', { count, good, open: count - good });
  }
  const bad = signers.filter(isOf('TOTAL_FAILED')).length;
  if (!isOfSignatures || bad === 0) return t('report.headline.bad', { because });
  return t('report.headline.badMany', { count, bad });
}

/** "Valid" without its time and source is no statement: of several the oldest counts. */
function passedHeadline(
  { signers, validationTime }: VerificationReport,
  { t, time }: Pick<ReportWords, 't' | 'time'>,
): string {
  const many = signers.length > 1 ? 'Many' : '';
  const known = signers.map(({ revocation }) => revocation).filter(({ status }) => status === 'good');
  const count = signers.length;
  if (known.length < count || count === 0) {
    return t(`report.headline.passed${many}Unchecked`, { count, at: time(validationTime) });
  }
  const [oldest] = known.sort((a, b) => (a.asOf ?? '').localeCompare(b.asOf ?? ''));
  const [source = ''] = (oldest?.source ?? '').split(' ');
  return t(`report.headline.passed${many}`, { count, at: time(oldest?.asOf ?? validationTime), source });
}

/** Failures that say that bytes are not what was signed. */
const ALTERED: ReadonlySet<string | null> = new Set(['HASH_FAILURE', 'SIG_CRYPTO_FAILURE']);

function contentLine(report: VerificationReport, { t, language }: ReportWords): string {
  const { signers, subIndication, checks } = report;
  const isAltered = ALTERED.has(subIndication) || signers.some((signer) => ALTERED.has(signer.subIndication));
  const isRead = signers.length > 0 && checks.filter(({ id, ok }) => id === 'signature-value' && ok).length > 0;
  const content = t(`report.content.${isAltered ? 'altered' : isRead ? 'intact' : 'unknown'}`);
  if (signers.length < 2) return content;
  const isPartial = signers.some(({ documents }) => documents !== undefined);
  const scope = isPartial ? t('report.content.partial') : '';
  const open = signers.flatMap((signer, index) =>
    signer.indication === 'TOTAL_PASSED' ? [] : [signatureSays(signer, index, checks, t)],
  );
  return joinSentences([content, scope, ...open], language);
}

function signatureSays(signer: SignerReport, index: number, checks: readonly ReportCheck[], t: Translate): string {
  const own = checks.filter(({ signature }) => signature === index);
  const because = becauseOf(causeOf(signer.subIndication, own, [signer]), t);
  return t('report.signatureSays', { index: index + 1, because });
}

function meaningLine(report: VerificationReport, { t, language }: ReportWords): string {
  const { indication, subIndication, checks, signers } = report;
  const advice = adviceFor(causeOf(subIndication, checks, signers), t);
  if (indication === 'TOTAL_FAILED') return t('report.doNotRely', { advice });
  if (indication === 'INDETERMINATE') return t('report.notInvalid', { advice });
  const isBound = checks.some(({ id, ok }) => id === 'sender-bound' && ok === true);
  return joinSentences([trustSentence(signers, t), t(isBound ? 'report.bound' : 'report.signatureAlone')], language);
}

function trustSentence(signers: readonly SignerReport[], t: Translate): string {
  if (signers.some(({ path }) => path.length === 1)) return t('report.pinned');
  const isKnown = signers.every(({ revocation }) => revocation.status === 'good');
  return t(isKnown ? 'report.trustedNotRevoked' : 'report.trusted');
}

function describeSignature(
  signer: SignerReport,
  index: number,
  report: VerificationReport,
  { t, time }: ReportWords,
): SignatureView {
  const own = report.checks.filter(({ signature }) => signature === index);
  const ofFile = report.checks.filter(({ signature }) => signature === undefined);
  const documents = report.documents.length === 0 ? null : report.documents.length;
  const covered = signer.documents?.map((one) => report.documents[one]?.name ?? '') ?? null;
  const isMessage = report.m !== null;
  const indication = worse(signer.indication, identityIndication(report));
  return {
    tone: TONES[indication],
    name: signer.subject === null ? t('report.signer.unknown') : shortName(signer.subject),
    word: t(`report.word.${indication}`),
    indication,
    subIndication: indication === signer.indication ? signer.subIndication : report.subIndication,
    facts: describeFacts({ signer, checks: [...ofFile, ...own], documents, covered, isMessage, time, t }),
    advice: indication === 'TOTAL_PASSED' ? null : adviceOf(signer, report, own, t),
    particulars: particularsOf(signer, time, t),
    checks: describeChecks(own, t),
  };
}

/** A message has one signature, and what is said about its sender is said about that one. */
function identityIndication({ signers, indication }: VerificationReport): Indication {
  return signers.length === 1 ? indication : 'TOTAL_PASSED';
}

function worse(a: Indication, b: Indication): Indication {
  return INDICATIONS.indexOf(a) >= INDICATIONS.indexOf(b) ? a : b;
}

function adviceOf(signer: SignerReport, report: VerificationReport, own: readonly ReportCheck[], t: Translate): string {
  if (signer.indication !== 'TOTAL_PASSED') return adviceFor(causeOf(signer.subIndication, own, [signer]), t);
  return adviceFor(causeOf(report.subIndication, report.checks, report.signers), t);
}

function particularsOf(
  { certificate, algorithm, validity, subject }: SignerReport,
  time: ReportWords['time'],
  t: Translate,
): RowView[] {
  const rows: RowView[] = [];
  if (subject !== null) rows.push({ label: t('report.column.name'), value: subject });
  if (certificate !== null) rows.push({ label: t('report.signer.certificate'), value: certificate });
  if (validity !== null) {
    const value = t('report.signer.validityValue', { from: time(validity.notBefore), to: time(validity.notAfter) });
    rows.push({ label: t('report.signer.validity'), value });
  }
  return [...rows, { label: t('report.signer.algorithm'), value: algorithm }];
}

function describeFile(report: VerificationReport, { t, file }: ReportWords): RowView[] {
  const { container, signers, m, indication, subIndication } = report;
  const rows: RowView[] = [];
  if (file !== undefined) rows.push({ label: t('report.about.file'), value: file });
  if (container.size > 0) rows.push({ label: t('report.column.size'), value: formatSize(container.size) });
  if (container.profile !== null) {
    const format = container.profile === 'lexpost' ? 'LexPost, ASiC-E' : container.profile;
    rows.push({ label: t('report.about.format'), value: format });
  }
  const levels = [...new Set(signers.map(({ timestamp }) => (timestamp === null ? 'CAdES-B' : 'CAdES-T')))];
  if (levels.length > 0) rows.push({ label: t('report.about.level'), value: levels.sort().join(', ') });
  rows.push({ label: t('report.about.encryption'), value: container.encryption ?? t('report.about.none') });
  if (m !== null) rows.push({ label: t('report.about.m'), value: m });
  const verdict = subIndication === null ? indication : `${indication} / ${subIndication}`;
  return [...rows, { label: t('report.about.verdict'), value: verdict }];
}
