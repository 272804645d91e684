import { LIMITS } from '../../shared/limits.ts';
import type { M } from '../../shared/model/brand.ts';

export interface Link {
  readonly m: M;
  readonly parents: readonly M[];
  readonly prev: M | null;
}

/** The acts whose whole past is among `links`. */
export function closePast(links: readonly Link[]): ReadonlySet<M> {
  const closed = new Set<M>();
  let waiting = [...links];
  for (let before = -1; before !== waiting.length; ) {
    before = waiting.length;
    waiting = waiting.filter((link) => {
      const complete = pastOf(link).every((m) => closed.has(m));
      if (complete) closed.add(link.m);
      return !complete;
    });
  }
  return closed;
}

/**
 * What an author has applied and nothing applied follows: the newest in the order given, at most 16. What does not fit stays a
 * head and is named by a later act.
 */
export function findHeads(links: readonly Link[]): M[] {
  const closed = closePast(links);
  const applied = links.filter(({ m }) => closed.has(m));
  const cited = new Set(applied.flatMap(pastOf));
  return applied
    .map(({ m }) => m)
    .filter((m) => !cited.has(m))
    .slice(-LIMITS.parents);
}

/** Everything that `heads` follow from, themselves included, as far as `links` know. */
export function pastOfHeads(links: readonly Link[], heads: readonly M[]): ReadonlySet<M> {
  const byM = new Map(links.map((link) => [link.m, link]));
  const past = new Set<M>();
  const open = [...heads];
  for (let m = open.pop(); m !== undefined; m = open.pop()) {
    const link = byM.get(m);
    if (link === undefined || past.has(m)) continue;
    past.add(m);
    open.push(...pastOf(link));
  }
  return past;
}

function pastOf({ parents, prev }: Link): readonly M[] {
  return prev === null ? parents : [...parents, prev];
}
