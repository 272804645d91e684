import type { Translate } from '../i18n/create-i18n.ts';
import type { ReportCheck, SignerReport } from '../model/verification-report.ts';
import { shortName } from '../text/distinguished-name.ts';
import { visible } from '../text/visible.ts';
import { becauseOf, causeOf } from './because.ts';
import { FACT_IDS, type FactId, type FactView, type ReportTone } from './report-view.ts';

export interface FactInput {
  readonly signer: SignerReport;
  /** Those of this signer and those of the file as a whole, in the order done. */
  readonly checks: readonly ReportCheck[];
  /** How many signed files there are; null where it is not known. */
  readonly documents: number | null;
  /** Names of those that this signature is over; null: of all. */
  readonly covered: readonly string[] | null;
  /** Whether it claims to be a LexPost message, which names its sender. */
  readonly isMessage: boolean;
  readonly time: (at: string) => string;
  readonly t: Translate;
}

type Finding = Pick<FactView, 'tone' | 'value'> & { readonly source?: string };

const FACTS: Readonly<Record<FactId, (input: FactInput) => Finding>> = {
  time: timeFact,
  integrity: integrityFact,
  path: pathFact,
  revocation: revocationFact,
  identity: identityFact,
};

/** The five facts that every signature is told by (window.md 6, Verify). */
export function describeFacts(input: FactInput): FactView[] {
  return FACT_IDS.map((id) => ({
    id,
    label: input.t(`report.fact.${id}`),
    source: null,
    ...FACTS[id](input),
  }));
}

const answerOf = (checks: readonly ReportCheck[], id: string): boolean | null | undefined =>
  checks.find((check) => check.id === id)?.ok;

function timeFact({ signer, checks, time, t }: FactInput): Finding {
  const { timestamp, timestampAuthority, signingTime } = signer;
  if (timestamp !== null) {
    const source = t('report.time.provenBy', { name: shortName(timestampAuthority ?? '–') });
    return { tone: 'done', value: t('report.time.proven', { at: time(timestamp) }), source };
  }
  if (signingTime === null) return { tone: 'none', value: t('report.time.none') };
  const isStamped = checks.some(({ id }) => id === 'signature-timestamp');
  const value = t(isStamped ? 'report.time.claimedStamped' : 'report.time.claimed', { at: time(signingTime) });
  return { tone: 'waiting', value };
}

/** What speaks of the bytes themselves, each with the word for its failure. */
const INTEGRITY: Readonly<Record<string, 'altered' | 'signature' | 'structure'>> = {
  envelope: 'structure',
  'content-authentic': 'altered',
  'container-structure': 'structure',
  'container-entries': 'structure',
  'container-kind': 'structure',
  'container-content': 'structure',
  manifest: 'structure',
  'manifest-digests': 'altered',
  message: 'structure',
  'message-documents': 'altered',
  'signature-structure': 'structure',
  'signed-attributes': 'structure',
  'message-digest': 'altered',
  'signature-value': 'signature',
  'signing-certificate': 'signature',
  'algorithm-protection': 'signature',
};

function integrityFact({ checks, documents, covered, signer, t }: FactInput): Finding {
  const source = signer.algorithm;
  const broken = checks.find(({ id, ok }) => ok === false && Object.hasOwn(INTEGRITY, id));
  if (broken !== undefined) {
    return { tone: 'failed', value: t(`report.integrity.${INTEGRITY[broken.id] ?? 'altered'}`), source };
  }
  const isWhole = answerOf(checks, 'message-digest') !== false && answerOf(checks, 'signature-value') === true;
  if (!isWhole) return { tone: 'none', value: t('report.integrity.unknown') };
  if (documents === null) return { tone: 'done', value: t('report.integrity.good'), source };
  if (covered !== null) {
    const names = covered.map(visible).join(', ') || '–';
    const value = t('report.integrity.goodSome', { count: covered.length, all: documents, names });
    return { tone: 'waiting', value, source };
  }
  return { tone: 'done', value: t('report.integrity.goodCount', { count: documents }), source };
}

const PATH_CHECKS = /^(?:path-|key-usage$|host-name$|acceptable-policies$)/;

function pathFact({ signer, checks, t }: FactInput): Finding {
  const names = signer.path.map(shortName).join(' ← ');
  if (answerOf(checks, 'path-found') === undefined) return { tone: 'none', value: t('report.path.unknown') };
  const isBroken = checks.some(({ id, ok }) => ok === false && PATH_CHECKS.test(id));
  if (isBroken) {
    const { subIndication } = signer;
    const tone: ReportTone = subIndication === 'NOT_YET_VALID' ? 'failed' : 'waiting';
    const value = answerOf(checks, 'path-found') === false && subIndication === 'NO_CERTIFICATE_CHAIN_FOUND';
    if (value) return { tone, value: t('report.path.none'), source: t('report.path.own') };
    const because = becauseOf(causeOf(subIndication, checks, [signer]), t);
    return { tone, value: t('report.path.bad', { because }), source: t('report.path.names', { names }) };
  }
  if (signer.path.length === 1) {
    return { tone: 'done', value: t('report.path.pinned', { names }), source: t('report.path.own') };
  }
  const source = t('report.path.anchor', { name: shortName(signer.path.at(-1) ?? '') });
  return { tone: 'done', value: t('report.path.good', { names }), source };
}

function revocationFact({ signer, time, t }: FactInput): Finding {
  const { status, asOf, revokedAt, reason } = signer.revocation;
  const source = sourceOf(signer, t);
  const from = source === null ? {} : { source };
  switch (status) {
    case 'good':
      return { tone: 'done', value: t('report.revocation.good', { at: asOf === null ? '–' : time(asOf) }), ...from };
    case 'revoked': {
      const at = revokedAt === null ? '–' : time(revokedAt);
      return { tone: 'failed', value: t('report.revocation.revoked', { at, reason: reasonOf(reason, t) }), ...from };
    }
    case 'unknown':
      return { tone: 'waiting', value: t(`report.revocation.${source === null ? 'unknown' : 'unknownBy'}`), ...from };
    case 'not-checked': {
      const isPinned = signer.path.length === 1 && signer.indication === 'TOTAL_PASSED';
      return { tone: 'none', value: t(isPinned ? 'report.revocation.pinned' : 'report.revocation.not-checked') };
    }
  }
}

const REASONS = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const;

function reasonOf(reason: string | null, t: Translate): string {
  const known = REASONS.find((one) => one === (reason ?? 'unspecified'));
  return t(`report.reason.${known ?? 'other'}`);
}

const CRL_SOURCE = /^CRL (?<digest>[0-9a-f]{64})\b/;
const OCSP_SOURCE = /^OCSP (?<name>.+)$/s;

/** The list by its digest, the responder by its name. */
function sourceOf({ revocation: { source } }: SignerReport, t: Translate): string | null {
  if (source === null) return null;
  const digest = CRL_SOURCE.exec(source)?.groups?.['digest'];
  if (digest !== undefined) return t('report.source.crl', { digest: `${digest.slice(0, 8)}…${digest.slice(-8)}` });
  const name = OCSP_SOURCE.exec(source)?.groups?.['name'];
  return name === undefined ? source : t('report.source.ocsp', { name: shortName(name) });
}

function identityFact({ checks, isMessage, t }: FactInput): Finding {
  const source = t('report.from.card');
  if (answerOf(checks, 'message-signer') === false) {
    return { tone: 'failed', value: t('report.identity.otherCertificate'), source: t('report.from.message') };
  }
  const bound = answerOf(checks, 'sender-bound');
  if (bound === true) return { tone: 'done', value: t('report.identity.bound'), source };
  if (bound === false) return { tone: 'failed', value: t('report.identity.notBound'), source };
  return { tone: 'none', value: t(isMessage ? 'report.identity.none' : 'report.identity.foreign') };
}
