import { EllipsisOutlined } from '@ant-design/icons';
import { Button, Dropdown, Progress } from 'antd';
import type { Bytes, Milliseconds } from '../../shared/model/brand.ts';
import { useText } from '../text/use-text.ts';
import { Digest } from './digest.tsx';
import { FileIcon } from './file-icon.tsx';
import { FileName } from './file-name.tsx';
import './slot-file.css';

interface Props {
  readonly name: string;
  readonly size: Bytes;
  /** Null while it is being computed. */
  readonly digest: string | null;
  /** While it is taken in: 0 to 100, and what is left. */
  readonly progress?: { readonly percent: number; readonly left: Milliseconds | null } | null;
  /** What it is sent as, where its slot leaves a choice. */
  readonly note?: string | null;
  /** Why it could not be taken in. */
  readonly problem?: string | null;
  readonly menu: readonly { readonly key: string; readonly label: string; readonly onClick: () => void }[];
  readonly onOpen?: () => void;
}

/** A file in its slot: name, size and digest; how far it is while it is taken in. */
export function SlotFile({ name, size, digest, progress = null, note = null, problem = null, menu, onOpen }: Props) {
  const { t, bytes } = useText();
  const left =
    progress?.left == null ? '' : t('window.progress.left', { count: Math.max(1, Math.ceil(progress.left / 1000)) });
  return (
    <div className="slot-file">
      <FileIcon name={name} />
      <div className="slot-file-body">
        {onOpen === undefined ? (
          <FileName name={name} />
        ) : (
          <button type="button" className="link slot-file-open" onClick={onOpen}>
            <FileName name={name} />
          </button>
        )}
        <div className="meta text3 num slot-file-facts">
          <span>{bytes(size)}</span>
          {note !== null && <span>{note}</span>}
          {digest !== null && <Digest value={digest} />}
          {progress !== null && (
            <span>
              {[t('window.slot.hashing', { percent: progress.percent }), left]
                .filter(Boolean)
                .join(t('window.list.comma'))}
            </span>
          )}
          {problem !== null && <span className="tone-failed">{problem}</span>}
        </div>
        {progress !== null && (
          <Progress
            aria-label={t('window.slot.hashing', { percent: progress.percent })}
            percent={progress.percent}
            showInfo={false}
            size={{ height: 6 }}
          />
        )}
      </div>
      <Dropdown menu={{ items: menu.map((item) => ({ ...item })) }} trigger={['click']}>
        <Button aria-label={t('window.slot.more', { name })} icon={<EllipsisOutlined />} size="small" type="text" />
      </Dropdown>
    </div>
  );
}
