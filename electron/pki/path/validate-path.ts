import type { Check, SubIndication } from '../verdict.ts';
import { checkPath } from './check-path.ts';
import { checkRevocation, type RevocationFinding } from './check-revocation.ts';
import { findPaths, type Path, type SearchNotes } from './find-paths.ts';
import { createBudget, createPool, type Pool, spendPath } from './path-search.ts';
import type { PathRequest, PathVerdict, Revocation } from './path-types.ts';

const NOT_CHECKED: Revocation = { status: 'not-checked', source: null, asOf: null, revokedAt: null, reason: null };

/**
 * Validates a certificate to given anchors at a given time (RFC 5280, 6; RFC 9618 for policies; words of EN 319 102-1, 5.2.6). Tries one path
 * after the other until one holds, else answers for the one that came furthest. Never throws for what a certificate or list says, and ends
 * when what one validation may spend is used up (`Budget`), with the check `path-search`.
 */
export function validatePath(request: PathRequest): PathVerdict {
  const { leaf, anchors, untrusted, at, allowLegacy = false } = request;
  const pool = createPool(anchors, untrusted, { allowLegacy }, createBudget());
  const notes: SearchNotes = { exhausted: false, refused: new Set() };
  let best: PathVerdict | null = null;
  for (const path of findPaths(leaf, at, pool, notes)) {
    if (!spendPath(pool.budget)) break;
    const verdict = judge(path, request, pool);
    if (pool.budget.exhausted) {
      best = gaveUp(verdict);
      break;
    }
    if (verdict.indication === 'TOTAL_PASSED') return verdict;
    if (best === null || progress(verdict) > progress(best)) best = verdict;
  }
  notes.exhausted ||= pool.budget.exhausted;
  return withNotes(best ?? noPath(request, notes), notes);
}

/** What was not looked at to its end has no other sub-indication: it could have been anything. */
function gaveUp(verdict: PathVerdict): PathVerdict {
  return { ...verdict, indication: 'INDETERMINATE', subIndication: 'CERTIFICATE_CHAIN_GENERAL_FAILURE' };
}

function judge(path: Path, request: PathRequest, pool: Pool): PathVerdict {
  const { subIndication, checks } = checkPath(path, request, pool.budget);
  const found: Check = { id: 'path-found', ok: true, detail: path.map(({ subjectText }) => subjectText).join(' < ') };
  if (subIndication === 'OUT_OF_BOUNDS_NO_POE') return judgeExpired(path, request, pool, [found, ...checks]);
  if (subIndication !== null) return verdict(path, subIndication, NOT_CHECKED, [found, ...checks]);
  const { revocation, crls, ocsps = [], at } = request;
  if (revocation === 'off' || path.length === 1) {
    const why = revocation === 'off' ? 'not asked for' : 'pinned';
    return verdict(path, null, NOT_CHECKED, [found, ...checks, { id: 'revocation', ok: null, detail: why }]);
  }
  const findings = checkRevocation(path, { crls, ocsps, at, policy: revocation, pool });
  const failure = revocationFailure(findings, revocation === 'require');
  return verdict(path, failure, worstOf(findings), [found, ...checks, ...findings.flatMap(revocationChecks)]);
}

/**
 * What had become of a certificate by its end: one that was revoked is no better for having expired since, and one that is known to have ended in good
 * order is told from one of which nothing is known (EN 319 102-1, 5.1.3 and 5.2.6.4).
 */
function judgeExpired(path: Path, request: PathRequest, pool: Pool, checks: readonly Check[]): PathVerdict {
  const { revocation: policy, crls, ocsps = [] } = request;
  const end = path[0]?.notAfter;
  const isExpired = end !== undefined && end < request.at && path.length > 1;
  if (!isExpired || policy === 'off' || checkPath(path, { ...request, at: end }, pool.budget).subIndication !== null) {
    return verdict(path, 'OUT_OF_BOUNDS_NO_POE', NOT_CHECKED, checks);
  }
  const findings = checkRevocation(path, { crls, ocsps, at: end, policy, pool });
  const isGood = findings.every(({ revocation }) => revocation.status === 'good');
  const ended = isGood ? 'OUT_OF_BOUNDS_NOT_REVOKED' : 'OUT_OF_BOUNDS_NO_POE';
  const all = [...checks, ...findings.flatMap(revocationChecks)];
  return verdict(path, revocationFailure(findings, false) ?? ended, worstOf(findings), all);
}

function verdict(
  path: Path,
  subIndication: SubIndication | null,
  revocation: Revocation,
  checks: readonly Check[],
): PathVerdict {
  const indication = subIndication === null ? 'TOTAL_PASSED' : 'INDETERMINATE';
  return { indication, subIndication, path: [...path], revocation, checks: [...checks] };
}

/** Nothing leads to an anchor: which is the algorithms' fault where one was refused, and the budget's where it ran out. */
function noPath({ leaf }: PathRequest, notes: SearchNotes): PathVerdict {
  const refused = [...notes.refused].join(', ');
  const check: Check = { id: 'path-found', ok: false, detail: refused };
  if (notes.exhausted) return verdict([leaf], 'CERTIFICATE_CHAIN_GENERAL_FAILURE', NOT_CHECKED, [check]);
  return verdict(
    [leaf],
    refused === '' ? 'NO_CERTIFICATE_CHAIN_FOUND' : 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    NOT_CHECKED,
    [check],
  );
}

function withNotes(result: PathVerdict, { exhausted }: SearchNotes): PathVerdict {
  if (!exhausted) return result;
  return {
    ...result,
    checks: [...result.checks, { id: 'path-search', ok: false, detail: 'gave up: too many candidates' }],
  };
}

const SEVERITY = { good: 0, 'not-checked': 1, unknown: 2, revoked: 3 } as const;

/** The worst status, and of several good ones the oldest. */
function worstOf(findings: readonly RevocationFinding[]): Revocation {
  const age = ({ asOf }: Revocation): number => asOf?.getTime() ?? 0;
  const worstFirst = findings
    .map(({ revocation }) => revocation)
    .sort((a, b) => SEVERITY[b.status] - SEVERITY[a.status] || age(a) - age(b));
  return worstFirst[0] ?? NOT_CHECKED;
}

/**
 * A certificate on hold may yet be released: what it signed is neither good nor bad until then (EN 319 102-1, 5.2.6.4). It is not "revoked" where another
 * certificate of the path is so for good.
 */
function revocationFailure(findings: readonly RevocationFinding[], isRequired: boolean): SubIndication | null {
  const revoked = findings.filter(({ revocation }) => revocation.status === 'revoked');
  const final = revoked.find(({ revocation }) => revocation.reason !== 'certificateHold');
  if (final !== undefined) return final === findings[0] ? 'REVOKED_NO_POE' : 'REVOKED_CA_NO_POE';
  if (revoked.length > 0) return 'TRY_LATER';
  return isRequired && findings.some(({ revocation }) => revocation.status === 'unknown') ? 'TRY_LATER' : null;
}

/** Answers about the certificate that do not count come first: they are the reason where nothing else is known. */
function revocationChecks({ certificate, revocation, refused }: RevocationFinding): Check[] {
  const { status, revokedAt, reason, source } = revocation;
  const detail = status === 'revoked' ? `revoked ${revokedAt?.toISOString()} (${reason})` : status;
  return [
    ...refused.map((why) => ({ id: 'ocsp', ok: null, detail: `${certificate.subjectText}: ${why}` })),
    {
      id: 'revocation',
      ok: status === 'unknown' ? null : status === 'good',
      detail: `${certificate.subjectText}: ${detail}${source === null ? '' : ` by ${source}`}`,
    },
  ];
}

/** How far a path came. */
const PROGRESS: readonly (SubIndication | null)[] = [
  'NO_CERTIFICATE_CHAIN_FOUND',
  'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
  'CHAIN_CONSTRAINTS_FAILURE',
  'OUT_OF_BOUNDS_NO_POE',
  'OUT_OF_BOUNDS_NOT_REVOKED',
  'REVOKED_CA_NO_POE',
  'REVOKED_NO_POE',
  'TRY_LATER',
];

function progress({ subIndication }: PathVerdict): number {
  return PROGRESS.indexOf(subIndication);
}
