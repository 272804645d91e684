import { isAppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { integer } from '../../pki/asn1/der-writer.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { PathRequest, PathVerdict } from '../../pki/path/path-types.ts';
import { validatePath } from '../../pki/path/validate-path.ts';
import { parseDigestAlgorithm } from '../../pki/signature-algorithm.ts';
import type { Check, Indication, SubIndication } from '../../pki/verdict.ts';
import { oidName } from '../cms/oids.ts';
import { bufferContent, type SignedContent } from '../cms/signed-content.ts';
import { verifySignerInfo } from '../cms/verify-signer-info.ts';
import { genTimeBounds } from './compare-timestamps.ts';
import type { TimestampToken } from './parse-timestamp.ts';
import { namesTsa } from './tsa-name.ts';

/** What TSAs are checked against; certificates beside those in the token are `untrusted`. */
export type TimestampTrust = Pick<PathRequest, 'anchors' | 'crls' | 'ocsps' | 'revocation' | 'allowLegacy'> &
  Partial<Pick<PathRequest, 'untrusted'>> & {
    /** In place of `anchors`, which may be trusted for signatures alone. */
    readonly timestampAnchors?: PathRequest['anchors'];
  };

export interface TimestampInput {
  readonly token: TimestampToken;
  /** What was stamped. */
  readonly content: SignedContent;
  readonly trust: TimestampTrust;
  /** The moment the verdict speaks of: now, or that of a later proof that covers the token. */
  readonly at: Date;
  /** The question, where the token is the answer to one just asked (RFC 3161, 2.4.2). */
  readonly asked?: { readonly nonce: Buffer; readonly policy?: string };
}

export interface TimestampVerdict {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  /** The TSA's, where it was found. */
  readonly certificate: Certificate | null;
  /** Null where it was not reached. */
  readonly path: PathVerdict | null;
  readonly checks: readonly Check[];
}

interface Failure {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
}

interface Progress {
  readonly checks: Check[];
  certificate: Certificate | null;
  path: PathVerdict | null;
}

type Step = (input: TimestampInput, progress: Progress) => Failure | null;

/** Cheap before costly, and what is altered before who is trusted. */
const STEPS: readonly Step[] = [
  checkImprint,
  checkAnswer,
  checkExtensions,
  checkSignature,
  checkTsa,
  checkPath,
  checkTime,
];

/**
 * Whether a token proves that `content` existed at its genTime (RFC 3161, 2.2 and 2.4.2; RFC 5816; EN 319 102-1, 5.4). Stops at the first check
 * that fails.
 */
export function verifyTimestamp(input: TimestampInput): TimestampVerdict {
  const progress: Progress = { checks: [], certificate: null, path: null };
  let failure: Failure | null = null;
  for (const step of STEPS) {
    failure = step(input, progress);
    if (failure !== null) break;
  }
  const { indication, subIndication } = failure ?? { indication: 'TOTAL_PASSED', subIndication: null };
  return { indication, subIndication, ...progress };
}

function note(
  { checks }: Progress,
  id: string,
  ok: boolean,
  detail: string,
  subIndication: SubIndication,
  indication: Indication = 'INDETERMINATE',
): Failure | null {
  checks.push({ id, ok, detail });
  return ok ? null : { indication, subIndication };
}

function checkImprint({ token, content, trust }: TimestampInput, progress: Progress): Failure | null {
  const { algorithm, digest } = token.info.imprint;
  try {
    const name = parseDigestAlgorithm(algorithm.der, { allowLegacy: trust.allowLegacy ?? false });
    const actual = content.digest(name);
    if (actual === null) {
      return note(progress, 'timestamp-imprint', false, `content has no ${name} digest`, 'SIGNED_DATA_NOT_FOUND');
    }
    return note(progress, 'timestamp-imprint', actual.equals(digest), name, 'HASH_FAILURE', 'TOTAL_FAILED');
  } catch (error) {
    if (!isAppError(error)) throw error;
    return note(progress, 'timestamp-imprint', false, oidName(algorithm.oid), 'CRYPTO_CONSTRAINTS_FAILURE');
  }
}

/** 2.4.2: the requester shall verify that it is the answer to its question. */
function checkAnswer({ token: { info }, asked }: TimestampInput, progress: Progress): Failure | null {
  if (asked === undefined) return null;
  const isNonce = info.nonce !== null && integer(asked.nonce).subarray(2).equals(info.nonce);
  if (!isNonce) return note(progress, 'timestamp-nonce', false, 'answers another question', 'SIG_CONSTRAINTS_FAILURE');
  const isPolicy = asked.policy === undefined || asked.policy === info.policy;
  return note(progress, 'timestamp-policy', isPolicy, info.policy, 'SIG_CONSTRAINTS_FAILURE');
}

function checkExtensions({ token: { info } }: TimestampInput, progress: Progress): Failure | null {
  const unknown = [...info.extensions].find(([, { critical }]) => critical)?.[0];
  if (unknown === undefined) return null;
  return note(progress, 'timestamp-extensions', false, oidName(unknown), 'SIG_CONSTRAINTS_FAILURE');
}

function checkSignature({ token, trust }: TimestampInput, progress: Progress): Failure | null {
  const { signedData, signerInfo } = token;
  const signature = verifySignerInfo({
    signedData,
    signerInfo,
    content: bufferContent(signedData.content ?? Buffer.alloc(0)),
    certificates: [...(trust.untrusted ?? []), ...anchorsOf(trust)],
    policy: { allowLegacy: trust.allowLegacy ?? false },
  });
  progress.certificate = signature.certificate;
  progress.checks.push(...signature.checks.map((check) => ({ ...check, id: `timestamp-${check.id}` })));
  if (signature.indication !== 'TOTAL_PASSED') return signature;
  // 2.4.2, RFC 5816 2.2.1: an ESSCertID must be there, or the token could be shown with another certificate of the key
  const isNamed = signature.signingCertificate !== null;
  const detail = isNamed ? `signing-certificate version ${signature.signingCertificate}` : 'no signing-certificate';
  return note(progress, 'timestamp-cades', isNamed, detail, 'SIG_CONSTRAINTS_FAILURE');
}

/** 2.4.2: the tsa field, where it is there, is one of the names of the certificate. */
function checkTsa({ token: { info } }: TimestampInput, progress: Progress): Failure | null {
  if (info.tsa === null || progress.certificate === null) return null;
  const isNamed = namesTsa(info.tsa, progress.certificate);
  return note(progress, 'timestamp-tsa', isNamed, progress.certificate.subjectText, 'SIG_CONSTRAINTS_FAILURE');
}

function checkPath(input: TimestampInput, progress: Progress): Failure | null {
  const { certificate: leaf } = progress;
  if (leaf === null) return { indication: 'INDETERMINATE', subIndication: 'NO_SIGNING_CERTIFICATE_FOUND' };
  const { token, trust, at } = input;
  const untrusted = [...token.signedData.certificates, ...(trust.untrusted ?? [])];
  const request: PathRequest = { ...trust, anchors: anchorsOf(trust), leaf, untrusted, at, usage: 'timestamp' };
  const now = validatePath(request);
  const path = wasRetired(now, token) ? validatePath({ ...request, at: token.info.genTime }) : now;
  progress.path = path;
  progress.checks.push(...path.checks);
  return path.indication === 'TOTAL_PASSED' ? null : path;
}

const anchorsOf = ({ anchors, timestampAnchors = anchors }: TimestampTrust) => timestampAnchors;

/** Why a key is withdrawn that nobody else has had. Absent and `unspecified` read alike here, so the latter is not among them. */
const ORDERLY: ReadonlySet<string | null> = new Set(['affiliationChanged', 'superseded', 'cessationOfOperation']);

/** RFC 3161, 4 (1): what a TSA signed before it was revoked in good order remains valid. */
function wasRetired({ subIndication, revocation }: PathVerdict, { info }: TimestampToken): boolean {
  const { revokedAt, reason } = revocation;
  return (
    subIndication === 'REVOKED_NO_POE' &&
    revokedAt !== null &&
    ORDERLY.has(reason) &&
    genTimeBounds(info).latest < revokedAt
  );
}

/** The TSA's certificate must have been valid when it stamped, and nothing from after the moment in question proves anything for it. */
function checkTime({ token: { info }, at }: TimestampInput, progress: Progress): Failure | null {
  const { genTime } = info;
  const { certificate } = progress;
  const wasValid = certificate !== null && certificate.notBefore <= genTime && genTime <= certificate.notAfter;
  if (!wasValid) {
    return note(
      progress,
      'timestamp-time',
      false,
      `${genTime.toISOString()} is outside the TSA’s validity`,
      'SIG_CONSTRAINTS_FAILURE',
    );
  }
  const isPast = genTime.getTime() <= at.getTime() + LIMITS.clockSkew;
  return note(progress, 'timestamp-time', isPast, genTime.toISOString(), 'TIMESTAMP_ORDER_FAILURE');
}
