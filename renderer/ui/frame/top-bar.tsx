import { LockOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { Link } from 'react-router';
import type { ToneName } from '../../../shared/design/tokens.ts';
import { useText } from '../../text/use-text.ts';
import { CancelButton } from '../cancel-button.tsx';
import { Dot, Mark } from '../glyphs.tsx';
import { Kbd, keysText } from '../kbd.tsx';

export interface TopBarProps {
  readonly exchange: { readonly tone: ToneName; readonly text: string };
  /** Ends the work that `exchange` tells of; null where there is none to end. */
  readonly onCancel: (() => void) | null;
  readonly onSearch: () => void;
  readonly onLock: () => void;
  readonly newRequestPath: string;
}

export function TopBar({ exchange, onCancel, onSearch, onLock, newRequestPath }: TopBarProps) {
  const { t } = useText();
  return (
    <header className="top-bar">
      <div className="top-bar-brand">
        <Mark />
        <span className="top-bar-name">{t('window.product')}</span>
      </div>
      <button type="button" aria-label={t('window.frame.search')} className="top-bar-search" onClick={onSearch}>
        <SearchOutlined aria-hidden />
        <span>{t('window.frame.search')}</span>
        <Kbd keys="Mod+K" />
      </button>
      <div className="top-bar-right">
        <span className="top-bar-exchange num" role="status">
          {exchange.tone === 'done' ? <i /> : <Dot size={14} tone={exchange.tone} />}
          {exchange.text}
        </span>
        {onCancel !== null && <CancelButton onCancel={onCancel} />}
        <Tooltip title={`${t('window.frame.lock')}  ${keysText('Mod+L')}`}>
          <Button aria-label={t('window.frame.lock')} icon={<LockOutlined />} type="text" onClick={onLock} />
        </Tooltip>
        <Link className="top-bar-new" to={newRequestPath}>
          <PlusOutlined aria-hidden />
          {t('window.frame.newRequest')}
        </Link>
      </div>
    </header>
  );
}
