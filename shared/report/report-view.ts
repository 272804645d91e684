import type { Language } from '../i18n/create-i18n.ts';
import type { Indication, SubIndication } from '../model/verdict.ts';

/**
 * A verification report in words, still without form: the window draws it by its own parts, {@link renderReport} as a page, the command as lines.
 * Texts may hold words of others (names, subjects): whoever shows them escapes, and makes visible what hides (`revealText`).
 */

/** done: passed, with time and source · waiting: open · failed: altered, refused, revoked · none: not checked. */
export type ReportTone = 'done' | 'waiting' | 'failed' | 'none';

export const FACT_IDS = ['time', 'integrity', 'path', 'revocation', 'identity'] as const;
export type FactId = (typeof FACT_IDS)[number];

export interface FactView {
  readonly id: FactId;
  readonly label: string;
  readonly tone: ReportTone;
  readonly value: string;
  /** Where the value comes from; null where nothing was found out. */
  readonly source: string | null;
}

export interface CheckView {
  readonly id: string;
  readonly name: string;
  /** Building block of EN 319 102-1. */
  readonly block: string;
  readonly tone: ReportTone;
  /** Pass, fail, not checked. */
  readonly result: string;
  /** What was seen; names and algorithms as they are written. */
  readonly value: string;
  readonly source: string;
}

export interface SignatureView {
  readonly tone: ReportTone;
  /** The signer as people call them. */
  readonly name: string;
  readonly word: string;
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  /** Always the five of FACT_IDS, in their order. */
  readonly facts: readonly FactView[];
  readonly advice: string | null;
  /** Subject, certificate, algorithm, validity: label and value. */
  readonly particulars: readonly RowView[];
  readonly checks: readonly CheckView[];
}

export interface RowView {
  readonly label: string;
  readonly value: string;
}

export interface BandView {
  readonly tone: ReportTone;
  readonly word: string;
  readonly headline: string;
  /** What became of the content, and what the verdict means. */
  readonly lines: readonly [string, string];
  /** When, by which clock, by which rules. */
  readonly meta: string;
}

export interface ReportView {
  readonly language: Language;
  readonly title: string;
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  readonly band: BandView;
  /** The simple report: one paragraph. */
  readonly paragraph: string;
  readonly signatures: readonly SignatureView[];
  readonly documents: readonly { readonly name: string; readonly size: string; readonly sha256: string }[];
  readonly about: readonly RowView[];
  /** Checks of the file as a whole, in the order done. */
  readonly checks: readonly CheckView[];
  readonly limits: string;
}
