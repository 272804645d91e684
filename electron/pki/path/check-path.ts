import { isAppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { readExtension } from '../extensions.ts';
import { requireKeyAllowed } from '../key-policy.ts';
import { OID } from '../oids.ts';
import type { Check, SubIndication } from '../verdict.ts';
import { isSelfIssued } from './certificate-names.ts';
import { caViolation } from './check-cas.ts';
import { policyViolation } from './check-policies.ts';
import { usageViolation } from './check-usage.ts';
import type { Path } from './find-paths.ts';
import { matchesHost } from './host-name.ts';
import { forbiddenName, type NameConstraints, parseNameConstraints } from './name-constraints.ts';
import type { Budget } from './path-search.ts';
import { ANY_POLICY, type PathRequest } from './path-types.ts';
import { profileViolation, unknownCriticalExtension } from './profile.ts';

type Rules = Pick<PathRequest, 'at' | 'usage' | 'policies' | 'hostName' | 'maxIntermediates' | 'allowLegacy'>;

interface Step {
  readonly id: string;
  readonly subIndication: SubIndication;
  /** What is wrong, or null. */
  readonly find: (path: Path, rules: Rules, budget: Budget) => string | null;
}

/**
 * RFC 5280, 6.1 without signatures, which the search has checked, and revocation. Later steps rely on earlier ones having parsed everything.
 * What RFC 5280 itself refuses is a general failure of the chain, what is asked beyond it a constraint (EN 319 102-1, 5.2.6.4).
 */
const STEPS: readonly Step[] = [
  {
    id: 'path-profile',
    subIndication: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    find: (path, { usage }) => profileViolation(path, usage === 'tls-server'),
  },
  {
    id: 'path-critical-extensions',
    subIndication: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    find: unknownCriticalExtension,
  },
  { id: 'path-keys', subIndication: 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', find: refusedKey },
  {
    id: 'path-cas',
    subIndication: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    find: (path, { maxIntermediates = LIMITS.pathLength }) => caViolation(path, maxIntermediates),
  },
  {
    id: 'path-name-constraints',
    subIndication: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    find: (path, _, budget) => constrainedName(path, budget),
  },
  {
    id: 'path-policies',
    subIndication: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    find: (path, { policies = ANY_POLICY }, budget) =>
      policyViolation(path, { ...policies, acceptable: [], requireExplicit: false }, budget),
  },
  {
    id: 'acceptable-policies',
    subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
    find: (path, { policies = ANY_POLICY }, budget) => policyViolation(path, policies, budget),
  },
  {
    id: 'key-usage',
    subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
    find: (path, { usage }) => usageViolation(path, usage),
  },
  { id: 'host-name', subIndication: 'CHAIN_CONSTRAINTS_FAILURE', find: otherHost },
  { id: 'path-validity', subIndication: 'OUT_OF_BOUNDS_NO_POE', find: outOfBounds },
];

export interface PathJudgement {
  readonly subIndication: SubIndication | null;
  readonly checks: readonly Check[];
}

/** Judges a path whose signatures verify, up to the first thing that is wrong. */
export function checkPath(path: Path, rules: Rules, budget: Budget): PathJudgement {
  const checks: Check[] = [];
  for (const { id, subIndication, find } of STEPS) {
    if (id === 'host-name' && rules.hostName === undefined) continue;
    if (id === 'acceptable-policies' && !asksForPolicies(rules)) continue;
    const violation = find(path, rules, budget);
    checks.push({ id, ok: violation === null, detail: violation ?? '' });
    if (violation !== null) return { subIndication, checks };
  }
  return { subIndication: null, checks };
}

/** What certificates demand of each other is RFC 5280's own; that a path be good for some policy is the asker's constraint. */
function asksForPolicies({ policies = ANY_POLICY }: Rules): boolean {
  return policies.requireExplicit || policies.acceptable.length > 0;
}

/** Both bounds belong to the validity (4.1.2.5), and the certificate speaks in whole seconds. */
function outOfBounds(path: Path, { at }: Rules): string | null {
  const second = Math.floor(at.getTime() / 1000) * 1000;
  for (const { notBefore, notAfter, subjectText } of path) {
    if (at < notBefore) return `not valid before ${notBefore.toISOString()}: ${subjectText}`;
    if (second > notAfter.getTime()) return `expired at ${notAfter.toISOString()}: ${subjectText}`;
  }
  return null;
}

function refusedKey(path: Path, { allowLegacy = false }: Rules): string | null {
  for (const certificate of path) {
    try {
      requireKeyAllowed(certificate.publicKey, { allowLegacy });
    } catch (error) {
      if (!isAppError(error)) throw error;
      return `${error.params['algorithm'] ?? 'key'}: ${certificate.subjectText}`;
    }
  }
  return null;
}

/** 6.1.3 (b), (c): a self-issued CA is exempt, so that keys can be rolled over. */
function constrainedName(path: Path, budget: Budget): string | null {
  const constraints: NameConstraints[] = [];
  for (const certificate of [...path].reverse()) {
    const isExempt = certificate === path.at(-1) || (certificate !== path[0] && isSelfIssued(certificate));
    const forbidden = isExempt ? null : forbiddenName(certificate, constraints, budget);
    if (forbidden !== null) return `${forbidden}: ${certificate.subjectText}`;
    const own = readExtension(certificate.extensions, OID.nameConstraints, parseNameConstraints);
    if (own !== null) constraints.push(own);
  }
  return null;
}

function otherHost(path: Path, { hostName }: Rules): string | null {
  const [leaf] = path;
  return leaf === undefined || hostName === undefined || matchesHost(leaf, hostName) ? null : `not for ${hostName}`;
}
