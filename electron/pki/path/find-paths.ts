import { LIMITS } from '../../../shared/limits.ts';
import type { Certificate } from '../certificate.ts';
import { nameKey } from '../name-key.ts';
import { checkSignature, issuersOf, type Pool } from './path-search.ts';

/** Leaf first, anchor last. */
export type Path = readonly Certificate[];

/** What a search met beside paths. */
export interface SearchNotes {
  /** The budget ran out: there may be more paths. */
  exhausted: boolean;
  /** Algorithms that kept certificates from being linked. */
  readonly refused: Set<string>;
}

/** With self-issued certificates, which pathLen does not count. */
const MAX_CERTIFICATES = LIMITS.pathLength + 2;

/**
 * Every path from `leaf` to an anchor of the pool whose signatures verify, the likeliest first; nothing else is checked. A leaf that is an
 * anchor itself is a path of one. No subject with one key occurs twice in a path, so cross certificates that form loops end.
 */
export function* findPaths(leaf: Certificate, at: Date, pool: Pool, notes: SearchNotes): Generator<Path, void> {
  const anchors = new Set(pool.anchors.map(({ sha256 }) => sha256));
  if (anchors.has(leaf.sha256)) yield [leaf];

  function* extend(path: Path, seen: ReadonlySet<string>): Generator<Path, void> {
    const last = path.at(-1) ?? leaf;
    if (path.length >= MAX_CERTIFICATES) return;
    for (const issuer of issuersOf(last.issuer, last.authorityKeyId, at, pool)) {
      const identity = identityOf(issuer);
      if (seen.has(identity)) continue;
      const signed = checkSignature(last, issuer, pool);
      if (signed === null) {
        notes.exhausted = true;
        return;
      }
      if (typeof signed === 'string') notes.refused.add(signed);
      if (signed !== true) continue;
      if (anchors.has(issuer.sha256)) yield [...path, issuer];
      else yield* extend([...path, issuer], new Set([...seen, identity]));
    }
  }
  yield* extend([leaf], new Set([identityOf(leaf)]));
}

function identityOf(certificate: Certificate): string {
  return `${nameKey(certificate.subject)}\n${certificate.spki.toString('latin1')}`;
}
