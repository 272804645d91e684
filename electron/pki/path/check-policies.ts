import type { Certificate } from '../certificate.ts';
import { readExtension } from '../extensions.ts';
import { OID } from '../oids.ts';
import { isSelfIssued } from './certificate-names.ts';
import type { Path } from './find-paths.ts';
import { type Budget, spend } from './path-search.ts';
import type { PolicyInputs } from './path-types.ts';
import {
  parseInhibitAnyPolicy,
  parsePolicies,
  parsePolicyConstraints,
  parsePolicyMappings,
} from './policy-extensions.ts';
import { addPolicies, authorityPolicies, mapPolicies, type PolicyLevel, rootLevel } from './policy-graph.ts';

/** State variables of RFC 5280, 6.1.2 that policies need. Counters: certificates that may still come before the rule holds. */
interface PolicyState {
  readonly level: PolicyLevel | null;
  readonly explicitPolicy: number;
  readonly policyMapping: number;
  readonly inhibitAny: number;
}

/** Certificate policies along the path (6.1.3 (d) to (f), 6.1.4 (a), (b), (h) to (j), 6.1.5 (a), (b), (g)): what is wrong, or null. @throws Asn1Error */
export function policyViolation(path: Path, inputs: PolicyInputs, budget: Budget): string | null {
  const certificates = path.slice(0, -1).reverse();
  const unbounded = certificates.length + 1;
  let state: PolicyState = {
    level: rootLevel(),
    explicitPolicy: inputs.requireExplicit ? 0 : unbounded,
    policyMapping: inputs.inhibitMapping ? 0 : unbounded,
    inhibitAny: inputs.inhibitAny ? 0 : unbounded,
  };
  for (const [index, certificate] of certificates.entries()) {
    const isLast = index === certificates.length - 1;
    if (!spend(budget, policiesOf(certificate))) return 'too many policies';
    state = { ...state, level: addLevel(state, certificate, isLast) };
    if (state.explicitPolicy === 0 && state.level === null) return 'a policy is required and none is valid';
    if (isLast) break;
    const mapped = mapLevel(state, certificate);
    if (typeof mapped === 'string') return mapped;
    state = prepareNext({ ...state, level: mapped }, certificate);
  }
  return wrapUp(state, certificates.at(-1), inputs);
}

/** How much of the graph the certificate can add. */
function policiesOf({ extensions }: Certificate): number {
  const policies = readExtension(extensions, OID.certificatePolicies, parsePolicies)?.size ?? 0;
  const mappings = readExtension(extensions, OID.policyMappings, parsePolicyMappings) ?? new Map<string, Set<string>>();
  return 1 + policies + [...mappings.values()].reduce((sum, { size }) => sum + size, 0);
}

/** 6.1.3 (d), (e). */
function addLevel({ level, inhibitAny }: PolicyState, certificate: Certificate, isLast: boolean): PolicyLevel | null {
  const policies = readExtension(certificate.extensions, OID.certificatePolicies, parsePolicies);
  if (policies === null || level === null) return null;
  const anyAllowed = inhibitAny > 0 || (!isLast && isSelfIssued(certificate));
  return addPolicies(level, policies, anyAllowed);
}

/** 6.1.4 (a), (b); a text where a mapping must not be. */
function mapLevel({ level, policyMapping }: PolicyState, certificate: Certificate): PolicyLevel | null | string {
  const mappings = readExtension(certificate.extensions, OID.policyMappings, parsePolicyMappings);
  if (mappings === null) return level;
  const mapsAny = [...mappings].some(([from, to]) => from === OID.anyPolicy || to.has(OID.anyPolicy));
  if (mapsAny) return 'anyPolicy is mapped';
  return level === null ? null : mapPolicies(level, mappings, policyMapping > 0);
}

/** 6.1.4 (h) to (j). */
function prepareNext(state: PolicyState, certificate: Certificate): PolicyState {
  const step = isSelfIssued(certificate) ? 0 : 1;
  const after = (counter: number, limit: number | null): number =>
    Math.min(Math.max(0, counter - step), limit ?? Number.POSITIVE_INFINITY);
  const constraints = policyConstraints(certificate);
  const inhibitAny = readExtension(certificate.extensions, OID.inhibitAnyPolicy, parseInhibitAnyPolicy);
  return {
    level: state.level,
    explicitPolicy: after(state.explicitPolicy, constraints.requireExplicitPolicy),
    policyMapping: after(state.policyMapping, constraints.inhibitPolicyMapping),
    inhibitAny: after(state.inhibitAny, inhibitAny),
  };
}

function policyConstraints(certificate: Certificate) {
  const constraints = readExtension(certificate.extensions, OID.policyConstraints, parsePolicyConstraints);
  return constraints ?? { requireExplicitPolicy: null, inhibitPolicyMapping: null };
}

/** 6.1.5 (a), (b), (g). */
function wrapUp(state: PolicyState, last: Certificate | undefined, { acceptable }: PolicyInputs): string | null {
  const isExplicit =
    state.explicitPolicy <= 1 || (last !== undefined && policyConstraints(last).requireExplicitPolicy === 0);
  if (!isExplicit) return null;
  if (state.level === null) return 'a policy is required and none is valid';
  if (acceptable.length === 0 || acceptable.includes(OID.anyPolicy)) return null;
  const valid = authorityPolicies(state.level);
  if (valid.has(OID.anyPolicy) || acceptable.some((policy) => valid.has(policy))) return null;
  return 'none of the acceptable policies is valid';
}
