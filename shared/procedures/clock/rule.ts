import type { CivilDate } from './civil-date.ts';

/** A statutory period as data: an amended statute is an edit of the table (rules.ts). */
export interface ClockRule {
  readonly id: string;
  /** Rows of one period follow one another in time under one name, without gap or overlap; a row that stands alone has its own id. */
  readonly period: string;
  /** Statute and article, in Chinese as lawyers cite it. */
  readonly article: string;
  /** What must happen within the period, in a sentence. */
  readonly text: { readonly zh: string; readonly en: string };
  readonly unit: 'hour' | 'day' | 'working-day' | 'month' | 'year';
  readonly length: number;
  /** Hours only: from the instant (民法典 201), or from the next full hour (刑诉法 105, 民诉法 85: the hour of the start is not counted). */
  readonly hourStart?: 'instant' | 'next-hour';
  readonly monthMode: 'civil' | 'criminal';
  /** Whether a last day on a holiday moves to the first working day after. Hours never move. */
  readonly roll: boolean;
  /** The period is one of custody: with `--custody` it never moves (刑诉法 105). */
  readonly criminal: boolean;
  /** Papers posted before the end are in time (民诉法 85, 刑诉法 105). */
  readonly posting: boolean;
  /** What asking for more papers does to the period. */
  readonly supplement: 'none' | 'pause' | 'restart' | 'lapse';
  readonly validFrom: CivilDate | null;
  readonly validTo: CivilDate | null;
  /** Region code whose rule it is; null for the whole country. */
  readonly region: string | null;
  /** `unverified`: not confirmed from a primary text; the window says so beside the date. */
  readonly status: 'verified' | 'unverified';
  readonly source: string;
}
