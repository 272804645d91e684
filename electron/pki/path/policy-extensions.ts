import { Asn1Error, children, cursor, readOid, readOnly, readSmallInteger } from '../asn1/der-reader.ts';

/** Policy identifiers of certificatePolicies (RFC 5280, 4.2.1.4); qualifiers inform people and decide nothing. @throws Asn1Error */
export function parsePolicies(value: Buffer): ReadonlySet<string> {
  const policies = children(readOnly(value, 0x30)).map((element) => {
    const fields = cursor(element, 0x30);
    const id = readOid(fields.next());
    fields.optional(0x30);
    fields.end();
    return id;
  });
  const unique = new Set(policies);
  if (unique.size === 0 || unique.size < policies.length) throw new Asn1Error('policies are to be some, each once');
  return unique;
}

/** issuerDomainPolicy → subjectDomainPolicies (4.2.1.5). @throws Asn1Error */
export function parsePolicyMappings(value: Buffer): ReadonlyMap<string, ReadonlySet<string>> {
  const mappings = new Map<string, Set<string>>();
  for (const element of children(readOnly(value, 0x30))) {
    const fields = cursor(element, 0x30);
    const issuerPolicy = readOid(fields.next());
    const subjectPolicy = readOid(fields.next());
    fields.end();
    const known = mappings.get(issuerPolicy);
    if (known === undefined) mappings.set(issuerPolicy, new Set([subjectPolicy]));
    else known.add(subjectPolicy);
  }
  if (mappings.size === 0) throw new Asn1Error('empty policyMappings');
  return mappings;
}

export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | null;
  readonly inhibitPolicyMapping: number | null;
}

/** 4.2.1.11. @throws Asn1Error */
export function parsePolicyConstraints(value: Buffer): PolicyConstraints {
  const fields = cursor(readOnly(value, 0x30));
  const require = fields.optional(0x80);
  const inhibit = fields.optional(0x81);
  fields.end();
  if (require === null && inhibit === null) throw new Asn1Error('empty policyConstraints');
  return {
    requireExplicitPolicy: require === null ? null : readSmallInteger(require, 0x80),
    inhibitPolicyMapping: inhibit === null ? null : readSmallInteger(inhibit, 0x81),
  };
}

/** SkipCerts of inhibitAnyPolicy (4.2.1.14). @throws Asn1Error */
export function parseInhibitAnyPolicy(value: Buffer): number {
  return readSmallInteger(readOnly(value));
}
