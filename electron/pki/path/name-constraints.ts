import { Asn1Error, children, cursor, type Element, readOnly } from '../asn1/der-reader.ts';
import type { Certificate } from '../certificate.ts';
import { type GeneralName, parseGeneralName } from '../general-name.ts';
import { attributeTexts, parseName } from '../name.ts';
import { OID } from '../oids.ts';
import { alternativeNames, isEmptyName } from './certificate-names.ts';
import { type Subtree, subtreeOf } from './name-subtree.ts';
import { type Budget, spend } from './path-search.ts';

/** nameConstraints of one CA (RFC 5280, 4.2.1.10). */
export interface NameConstraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
}

/** @throws Asn1Error also for a subtree whose base no name could have */
export function parseNameConstraints(value: Buffer): NameConstraints {
  const fields = cursor(readOnly(value, 0x30));
  const permitted = fields.optional(0xa0);
  const excluded = fields.optional(0xa1);
  fields.end();
  if (permitted === null && excluded === null) throw new Asn1Error('empty nameConstraints');
  return { permitted: parseSubtrees(permitted), excluded: parseSubtrees(excluded) };
}

function parseSubtrees(element: Element | null): Subtree[] {
  if (element === null) return [];
  return children(element).map((subtree) => {
    const fields = cursor(subtree, 0x30);
    const base = parseGeneralName(fields.next());
    // minimum is 0, the default, and maximum absent in this profile
    fields.end();
    return subtreeOf(base);
  });
}

/**
 * Which name of the certificate the constraints of the CAs above forbid, or null. All of `constraints` hold, which is the intersection and the
 * union of 6.1.4 (g) without computing them.
 * @throws Asn1Error
 */
export function forbiddenName(
  certificate: Certificate,
  constraints: readonly NameConstraints[],
  budget: Budget,
): string | null {
  if (constraints.length === 0) return null;
  for (const name of namesOf(certificate)) {
    for (const { permitted, excluded } of constraints) {
      if (!spend(budget, permitted.length + excluded.length + 1)) return 'too many names and constraints';
      const forbidden = judge(name, permitted, excluded);
      if (forbidden !== null) return forbidden;
    }
  }
  return null;
}

function judge(name: GeneralName, permitted: readonly Subtree[], excluded: readonly Subtree[]): string | null {
  const hits = excluded.filter((subtree) => subtree.concerns(name));
  if (hits.some((subtree) => subtree.touches(name))) return `${describe(name)} is excluded`;
  const limits = permitted.filter((subtree) => subtree.concerns(name));
  if (limits.length === 0 || limits.some((subtree) => subtree.contains(name))) return null;
  return `${describe(name)} is not permitted`;
}

function describe(name: GeneralName): string {
  return 'text' in name ? `${name.kind} ${JSON.stringify(name.text)}` : name.kind;
}

/** Every name that constraints apply to: subject, alternative names, and e-mail addresses of the subject whether or not there are others. */
function namesOf(certificate: Certificate): GeneralName[] {
  const addresses = attributeTexts(parseName(certificate.subject), OID.emailAddress);
  return [
    ...(isEmptyName(certificate.subject) ? [] : [{ kind: 'directory' as const, name: certificate.subject }]),
    ...alternativeNames(certificate),
    ...addresses.map((text) => ({ kind: 'email' as const, text })),
  ];
}
