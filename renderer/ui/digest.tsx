import { Tooltip } from 'antd';
import { useText } from '../text/use-text.ts';
import { useCopy } from './use-copy.ts';
import './digest.css';

interface Props {
  /** SHA-256, lower-case hex. */
  readonly value: string;
}

/** A digest, shortened in the middle; the whole of it on hover, focus and copy. */
export function Digest({ value }: Props) {
  const { t } = useText();
  const { copy, copied } = useCopy();
  return (
    <Tooltip
      title={
        <>
          <span className="mono">{value}</span>
          <br />
          {copied ? t('window.copy.done') : t('window.copy.hint')}
        </>
      }
    >
      <button
        type="button"
        className="digest mono"
        aria-label={t('window.copy.digest', { digest: value })}
        onClick={() => copy(value)}
      >
        {shortDigest(value)}
      </button>
    </Tooltip>
  );
}

/** `8…8` of a digest. */
export function shortDigest(value: string): string {
  return `${value.slice(0, 8)}…${value.slice(-8)}`;
}
