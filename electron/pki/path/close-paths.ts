import { Asn1Error } from '../asn1/der-reader.ts';
import type { Certificate } from '../certificate.ts';
import { nameKey } from '../name-key.ts';
import { distributionPoints } from './crl-scope.ts';

/**
 * Every certificate that can stand in a path of these, whichever anchor somebody else begins at: found by names alone, upwards, so that cross-certificates are in and whom the
 * same CA certified besides is not.
 *
 * @param known where issuers are looked for
 * @returns the leaves and what stands above them, and the signers of lists that tell of any of them, each once
 */
export function closePaths(leaves: readonly Certificate[], known: readonly Certificate[]): Certificate[] {
  const bySubject = Map.groupBy(known, ({ subject }) => nameKey(subject));
  const found = new Map<string, Certificate>();
  const asked = new Set<string>();
  const waiting = [...leaves];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next.sha256)) continue;
    found.set(next.sha256, next);
    for (const name of listPublishers(next)) {
      if (asked.has(name)) continue;
      asked.add(name);
      waiting.push(...(bySubject.get(name) ?? []));
    }
  }
  return [...found.values()];
}

/** Keys of the names under which a list can tell of a certificate: its issuer's, and those of indirect lists that it names itself (RFC 5280, 4.2.1.13). */
export function listPublishers(certificate: Certificate): string[] {
  return [nameKey(certificate.issuer), ...indirectIssuers(certificate)];
}

function indirectIssuers(certificate: Certificate): string[] {
  try {
    return distributionPoints(certificate).flatMap(({ crlIssuers }) => crlIssuers.map(nameKey));
  } catch (error) {
    // points that cannot be read lead to no list
    if (error instanceof Asn1Error) return [];
    throw error;
  }
}
