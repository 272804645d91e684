import type { M, OfficeId, PersonId } from '../../shared/model/brand.ts';

/** What the child is told, as JSON in its first argument. */
export interface CrashJob {
  readonly vaults: readonly { readonly dir: string; readonly person: PersonId }[];
  readonly offices: readonly OfficeId[];
  readonly seed: number;
  /** Begins the tag of every intent of this run. */
  readonly run: string;
}

export type CrashTask = 'open' | 'send' | 'sync';

/**
 * What the child says, one JSON object a line, written at once. A task that began and did not end was under way when the process died.
 * `tag` stands in the name of every document of one send: it tells afterwards how often an intent became a message.
 */
export type CrashEvent =
  | { readonly kind: 'begin'; readonly lane: number; readonly task: CrashTask; readonly tag: string }
  | { readonly kind: 'end'; readonly lane: number; readonly task: CrashTask; readonly tag: string }
  | { readonly kind: 'sent'; readonly tag: string; readonly m: M; readonly enclosures: readonly M[] }
  /** Refused before anything was written. */
  | { readonly kind: 'refused'; readonly tag: string; readonly code: string }
  /** How many files of an interrupted write the opening of a vault removed. */
  | { readonly kind: 'swept'; readonly lane: number; readonly removed: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'broken'; readonly reason: string };

/** Stands in documents, names and forms of everything that is sent, and nowhere else. */
export const SECRET = {
  party: '钱多多',
  charge: '钱多多涉嫌职务侵占',
  firm: '合肥某某联合律师事务所',
  document: '委托人钱多多全权委托代理人查阅本案全部卷宗材料',
  name: '钱多多委托书',
  enclosure: '只给承办机关看的钱多多身份材料',
} as const;

const TAGGED = new RegExp(`^${SECRET.name} (.+) [0-9]+\\.txt$`);

export const documentName = (tag: string, index: number): string => `${SECRET.name} ${tag} ${index}.txt`;

/** The intent behind a document's name. */
export const tagOf = (name: string): string | null => TAGGED.exec(name)?.[1] ?? null;
