import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { ErrorCode, ErrorParams } from '../../shared/errors.ts';
import { useText } from '../text/use-text.ts';
import { Dot } from './glyphs.tsx';
import { useCopy } from './use-copy.ts';
import './error-sheet.css';

export interface Failure {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

interface Props {
  readonly failure: Failure;
  readonly onRetry?: () => void;
  /** Another way on. */
  readonly act?: ReactNode;
}

/** What happened, what holds now, what to do: where the content would have been, never a toast. */
export function ErrorSheet({ failure, onRetry, act }: Props) {
  const { t } = useText();
  return (
    <div className="error-sheet sheet" role="alert">
      <Dot tone="failed" />
      <div className="error-words">
        <FailureText failure={failure} />
        {(onRetry !== undefined || act !== undefined) && (
          <div className="error-acts">
            {onRetry !== undefined && (
              <Button size="small" onClick={onRetry}>
                {t('window.error.retry')}
              </Button>
            )}
            {act}
          </div>
        )}
      </div>
    </div>
  );
}

/** The same inside a form, beside what it is about. */
export function FailureLine({ failure }: { readonly failure: Failure }) {
  return (
    <div className="error-line" role="alert">
      <Dot tone="failed" />
      <FailureText failure={failure} />
    </div>
  );
}

function FailureText({ failure: { code, params } }: { readonly failure: Failure }) {
  const { t } = useText();
  const { copy, copied } = useCopy();
  return (
    <p>
      {t(`errors.${code}`, params)}{' '}
      <button
        type="button"
        className="error-code mono"
        aria-label={t('window.copy.code', { code })}
        onClick={() => copy(code)}
      >
        {copied ? t('window.copy.done') : code}
      </button>
    </p>
  );
}
