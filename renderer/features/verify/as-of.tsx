import { Input } from 'antd';
import { useId, useState } from 'react';
import type { Instant } from '../../../shared/model/brand.ts';
import { toLocal } from '../../text/local-instant.ts';
import { useText } from '../../text/use-text.ts';
import { toInstant } from './to-instant.ts';

export interface AsOfState {
  readonly text: string;
  readonly set: (text: string) => void;
  /** Null: now. Undefined: what was typed is no past moment. */
  readonly at: Instant | null | undefined;
}

/** At which moment something is to be judged, in the time of the offices. */
export function useAsOf(first: Instant | null = null): AsOfState {
  const [text, set] = useState(first === null ? '' : toLocal(first));
  return { text, set, at: text === '' ? null : toInstant(text, new Date()) };
}

interface Props {
  readonly state: AsOfState;
  /** Show that it is wrong: somebody has tried to go on with it. */
  readonly tried?: boolean;
}

export function AsOf({ state: { text, set, at }, tried = false }: Props) {
  const { t } = useText();
  const id = useId();
  const wrong = at === undefined && tried;
  return (
    <div className="verify-at">
      <label htmlFor={id}>{t('window.verify.at')}</label>
      <Input
        aria-describedby={`${id}-note`}
        id={id}
        {...(wrong ? { status: 'error' as const, 'aria-invalid': true } : {})}
        type="datetime-local"
        value={text}
        onChange={(event) => set(event.target.value)}
      />
      <p className={wrong ? 'meta tone-failed' : 'meta text3'} id={`${id}-note`} role={wrong ? 'alert' : undefined}>
        {t(wrong ? 'window.verify.atWrong' : 'window.verify.atNote')}
      </p>
    </div>
  );
}
