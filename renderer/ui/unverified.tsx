import { Tooltip } from 'antd';
import { useText } from '../text/use-text.ts';
import { Tag } from './status.tsx';

/** A rule that was not confirmed from a primary text says so beside the date that it gives. */
export function Unverified() {
  const { t } = useText();
  return (
    <Tooltip title={t('window.deadline.unverifiedHint')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the hint must be reachable without a pointer */}
      <span tabIndex={0}>
        <Tag tone="waiting">{t('window.deadline.unverified')}</Tag>
      </span>
    </Tooltip>
  );
}
