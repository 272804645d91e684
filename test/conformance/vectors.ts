import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..', '..');

/** Folder of the third-party vectors (`LEXPOST_VECTORS`, else `../shared/vectors` beside the checkout), or null where it is absent. */
export function vectorsRoot(): string | null {
  const root = process.env['LEXPOST_VECTORS'] ?? join(repository, '..', 'shared', 'vectors');
  return existsSync(root) ? root : null;
}

/** `accepted/<suite>.json`: name of the case → reason why it may differ from what the vector expects. Empty where there is no such file. */
export function acceptedDifferences(suite: string): ReadonlyMap<string, string> {
  const file = join(import.meta.dirname, 'accepted', `${suite}.json`);
  if (!existsSync(file)) return new Map();
  return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>));
}

export interface SuiteResult {
  readonly passed: number;
  readonly total: number;
  /** Cases that differ and are not listed: the suite must fail. */
  readonly unexpected: readonly string[];
  /** Listed cases that pass, or that no vector has: the list must shrink. */
  readonly stale: readonly string[];
}

/** Runs every case, prints `suite: passed/total` with the differences, and compares them with the accepted ones. A case returns null, or what differs. */
export function runSuite<T>(
  suite: string,
  cases: readonly T[],
  nameOf: (one: T) => string,
  run: (one: T) => string | null,
): SuiteResult {
  const accepted = acceptedDifferences(suite);
  const differing = new Map<string, string>();
  for (const one of cases) {
    const difference = run(one);
    if (difference !== null) differing.set(nameOf(one), difference);
  }
  const lines = [...differing].map(
    ([name, difference]) => `  ${name}: ${difference} [${accepted.get(name) ?? 'NOT ACCEPTED'}]`,
  );
  console.info([`${suite}: ${cases.length - differing.size}/${cases.length}`, ...lines].join('\n'));
  return {
    passed: cases.length - differing.size,
    total: cases.length,
    unexpected: [...differing].filter(([name]) => !accepted.has(name)).map(([name, what]) => `${name}: ${what}`),
    stale: [...accepted.keys()].filter((name) => !differing.has(name)),
  };
}
