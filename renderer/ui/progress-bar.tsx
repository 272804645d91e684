import { Progress } from 'antd';
import type { Bytes, Milliseconds } from '../../shared/model/brand.ts';
import { useText } from '../text/use-text.ts';
import { CancelButton } from './cancel-button.tsx';
import './progress-bar.css';

interface Props {
  /** What is being done. */
  readonly label: string;
  readonly done: Bytes;
  readonly total: Bytes;
  /** Null while there is too little to go by. */
  readonly left: Milliseconds | null;
  readonly onCancel?: () => void;
}

/** Work of more than a second: a bar with bytes and time left, and a way out. */
export function ProgressBar({ label, done, total, left, onCancel }: Props) {
  const { t, bytes } = useText();
  const percent = total === 0 ? 0 : Math.min(100, Math.floor((done / total) * 100));
  return (
    <div className="progress-bar">
      <div className="progress-words meta num">
        <span>{label}</span>
        <span className="text3">{t('window.progress.of', { done: bytes(done), total: bytes(total) })}</span>
        {left !== null && (
          <span className="text3">{t('window.progress.left', { count: Math.max(1, Math.ceil(left / 1000)) })}</span>
        )}
      </div>
      <Progress aria-label={label} percent={percent} showInfo={false} size={{ height: 6 }} />
      {onCancel !== undefined && <CancelButton onCancel={onCancel} />}
    </div>
  );
}
