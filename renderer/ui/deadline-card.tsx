import type { ReactNode } from 'react';
import type { ToneName } from '../../shared/design/tokens.ts';
import { DayBar } from './day-bar.tsx';
import { Dot } from './glyphs.tsx';
import { Tag } from './status.tsx';
import { Unverified } from './unverified.tsx';
import './deadline-card.css';

interface Props {
  /** What is due. */
  readonly name: string;
  readonly tone: ToneName;
  /** The state of the clock in a word; a running clock needs none. */
  readonly state?: string;
  /** Who owes it, where it is not we. */
  readonly owner?: string;
  /** The date, or what is left while the clock stands still: the one figure of the card. */
  readonly figure: string;
  readonly beside?: string;
  readonly bar?: { readonly total: number; readonly used: number; readonly pauses: readonly number[] };
  /** New and original date, pauses and their length, a holiday that moved it, a calendar not yet published. */
  readonly notes?: readonly ReactNode[];
  readonly rule: string;
  readonly unverified?: boolean;
}

/** A deadline as a sentence: what, until when, what is left, by which rule. */
export function DeadlineCard(props: Props) {
  const { name, tone, state, owner, figure, beside, bar, notes = [], rule, unverified = false } = props;
  return (
    <article className="deadline-card">
      <div className="deadline-top">
        <Dot tone={tone} />
        <h3>{name}</h3>
        <span className="deadline-side push">
          {owner !== undefined && (
            <span className="meta text3" lang="zh-CN">
              {owner}
            </span>
          )}
          {state !== undefined && <Tag tone={tone}>{state}</Tag>}
        </span>
      </div>
      <p className="deadline-due num">
        <span className="deadline-figure">{figure}</span>
        {beside !== undefined && <span className="meta text3">{beside}</span>}
      </p>
      {bar !== undefined && <DayBar {...bar} />}
      {notes.map((note, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences that are never reordered
        <p key={index} className="deadline-note num">
          {note}
        </p>
      ))}
      <p className="deadline-rule">
        <span lang="zh-CN">{rule}</span>
        {unverified && <Unverified />}
      </p>
    </article>
  );
}
