import { CloseOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useText } from '../text/use-text.ts';
import './chip.css';

/** A condition that holds, with the way to drop it. */
export function Chip({ children, onRemove }: { readonly children: ReactNode; readonly onRemove: () => void }) {
  const { t } = useText();
  return (
    <span className="chip">
      {children}
      <button type="button" aria-label={t('window.filter.remove')} onClick={onRemove}>
        <CloseOutlined aria-hidden />
      </button>
    </span>
  );
}
