import type { ToneName } from '../../shared/design/tokens.ts';
import { VERDICT_TONES, type Verdict } from './verdict.ts';

/*
 * Two families that are never mixed: a Dot says where a message or a clock stands, a Shield what a check found.
 * Every tone has its own outline and fill, so that each reads without its colour.
 */

interface DotProps {
  readonly tone: ToneName;
  readonly size?: number;
  /** Only where no word stands beside it. */
  readonly label?: string;
}

export function Dot({ tone, size = 16, label }: DotProps) {
  return (
    <>
      <svg
        aria-hidden
        className={`tone-${tone}`}
        width={size}
        height={size}
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      >
        <DotShape tone={tone} />
      </svg>
      {label !== undefined && <span className="unseen">{label}</span>}
    </>
  );
}

function DotShape({ tone }: { readonly tone: ToneName }) {
  switch (tone) {
    case 'done':
      return (
        <>
          <circle cx="8" cy="8" r="6.5" fill="currentColor" />
          <path d="M5 8.3l2.1 2.1L11.2 6" stroke="var(--lp-sheet)" strokeLinecap="round" strokeLinejoin="round" />
        </>
      );
    case 'waiting':
      return (
        <>
          <circle cx="8" cy="8" r="6.25" />
          <path d="M8 3.6a4.4 4.4 0 0 1 0 8.8z" fill="currentColor" stroke="none" />
        </>
      );
    case 'failed':
      return (
        <>
          <path d="M5.3 1.6h5.4l3.7 3.7v5.4l-3.7 3.7H5.3l-3.7-3.7V5.3z" fill="currentColor" strokeLinejoin="round" />
          <path d="M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2" stroke="var(--lp-sheet)" strokeLinecap="round" />
        </>
      );
    case 'paused':
      return (
        <>
          <rect x="1.75" y="1.75" width="12.5" height="12.5" rx="3" />
          <path d="M6.2 5.2v5.6M9.8 5.2v5.6" strokeLinecap="round" />
        </>
      );
    case 'none':
      return <circle cx="8" cy="8" r="6.25" strokeDasharray="2.4 2.5" />;
  }
}

/** A step of our own that is behind us: ink, because green is kept for what the counterpart has signed for. */
export function Tick({ size = 16 }: { readonly size?: number }) {
  return (
    <svg
      aria-hidden
      className="text2"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M3.5 8.4l3 3 6-6.6" />
    </svg>
  );
}

const SHIELD = 'M12 2.5l7.5 2.8v5.9c0 4.6-3 8.4-7.5 10.3-4.5-1.9-7.5-5.7-7.5-10.3V5.3z';

/** Never alone: whoever draws it puts the word, the time and the source beside it. */
export function Shield({ verdict, size = 20 }: { readonly verdict: Verdict; readonly size?: number }) {
  return (
    <svg
      aria-hidden
      className={`tone-${VERDICT_TONES[verdict]}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      {verdict === 'valid' && (
        <>
          <path d={SHIELD} />
          <path d="M8.4 12l2.6 2.6 4.7-5" />
        </>
      )}
      {verdict === 'indeterminate' && (
        <>
          <path d={SHIELD} strokeDasharray="3.2 3.4" />
          <path d="M9.8 9.6a2.2 2.2 0 1 1 3.3 1.9c-.8.5-1.1.9-1.1 1.8M12 16.2v.1" />
        </>
      )}
      {verdict === 'failed' && (
        <>
          <path d={SHIELD} fill="currentColor" />
          <path d="M9.3 9.2l5.4 5.4M14.7 9.2l-5.4 5.4" stroke="var(--lp-sheet)" />
        </>
      )}
    </svg>
  );
}

/** The mark: a folded letter. No seal, no scales, no emblem. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 24 24">
      <rect x="1" y="1" width="22" height="22" rx="5" fill="var(--lp-brand)" />
      <g fill="none" stroke="var(--lp-onBrand)" strokeWidth="1.5" strokeLinejoin="round">
        <path d="M5.5 7.5h13v9.5h-13z" />
        <path d="M5.8 8l6.2 4.8L18.2 8" />
      </g>
    </svg>
  );
}
