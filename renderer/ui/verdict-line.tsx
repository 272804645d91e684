import type { ReactNode } from 'react';
import { useText } from '../text/use-text.ts';
import { Shield } from './glyphs.tsx';
import { VERDICT_TONES, type Verdict } from './verdict.ts';
import './verdict-line.css';

interface Props {
  readonly verdict: Verdict;
  /** The verdict in words. */
  readonly children: ReactNode;
  /** The instant that it holds for. Mandatory, as is the source: a plain tick does not type-check. */
  readonly asOf: string | Date;
  /** Whose word it is: a CRL, an OCSP answer, a timestamp. */
  readonly source: string;
}

/** Good as of when, says who. */
export function VerdictLine({ verdict, children, asOf, source }: Props) {
  const { t, moment } = useText();
  return (
    <span className="verdict-line">
      <Shield verdict={verdict} size={16} />
      <span className={`tone-${VERDICT_TONES[verdict]}`}>{children}</span>
      <span className="text3 num">{t('window.verdict.asOf', { time: moment(asOf), source })}</span>
    </span>
  );
}
