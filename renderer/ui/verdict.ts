import type { ToneName } from '../../shared/design/tokens.ts';

/** The three indications of ETSI EN 319 102-1, as the window names them. */
export type Verdict = 'valid' | 'indeterminate' | 'failed';

export const VERDICT_TONES: Readonly<Record<Verdict, ToneName>> = {
  valid: 'done',
  indeterminate: 'waiting',
  failed: 'failed',
};
