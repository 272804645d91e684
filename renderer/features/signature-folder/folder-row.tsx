import { Checkbox } from 'antd';
import type { Job } from '../../../shared/ipc/channels/job.ts';
import { procedureActText } from '../../text/labels.ts';
import { useText } from '../../text/use-text.ts';
import { Tick } from '../../ui/glyphs.tsx';
import { Status } from '../../ui/status.tsx';
import { canTick, type FolderItem } from './folder-item.ts';

interface Props {
  readonly item: FolderItem;
  readonly chosen: boolean;
  readonly ticked: boolean;
  /** What became of it in the batch that ran last. */
  readonly result: Job['sent'][number] | null;
  readonly onOpen: () => void;
  readonly onTick: () => void;
}

/** One thing to sign: a tick only for what was read. */
export function FolderRow({ item, chosen, ticked, result, onOpen, onTick }: Props) {
  const { t } = useText();
  const { title, recipients, documents, preparedBy, read, failure } = item;
  const name = t('window.folder.title', { title, act: procedureActText(t, item, { id: item.actId }) });
  const problem = result?.failure ?? failure;
  const [first] = recipients;
  return (
    <li className="list-row folder-row" {...(chosen ? { 'aria-current': 'true' as const } : {})}>
      <Checkbox
        aria-label={t(canTick(item) ? 'window.folder.pick' : 'window.folder.pickAfterReading', { title: name })}
        checked={ticked}
        disabled={!canTick(item)}
        onChange={onTick}
      />
      <button type="button" className="folder-open" onClick={onOpen}>
        <span className="clip" lang="zh-CN" title={name}>
          {name}
        </span>
        <span className="meta text3 clip" title={recipients.map((each) => each.name).join(t('window.list.comma'))}>
          {[
            first === undefined
              ? ''
              : recipients.length === 1
                ? t('window.folder.toOne', { name: first.name })
                : t('window.folder.toMany', { name: first.name, n: recipients.length }),
            t('window.compose.files', { count: documents }),
            preparedBy === null ? '' : t('window.folder.preparedBy', { name: preparedBy }),
          ]
            .filter((fact) => fact !== '')
            .join(' · ')}
        </span>
        {problem != null && (
          <span className="meta tone-failed">
            {t(`errors.${problem.code}`, problem.params)} <code className="mono">{problem.code}</code>
          </span>
        )}
      </button>
      <span className="list-row-end">
        {result?.failure != null ? (
          <Status tone="failed">{t('window.folder.notSigned')}</Status>
        ) : failure !== null ? (
          <Status tone="failed">{t('window.folder.unready')}</Status>
        ) : read ? (
          <span className="status text2">
            <Tick />
            {t('window.folder.read')}
          </span>
        ) : (
          <Status tone="none">{t('window.folder.unread')}</Status>
        )}
      </span>
    </li>
  );
}
