import { SearchOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Tabs } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { MessageRowView } from '../../../shared/ipc/channels/message.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import { useAsk } from '../../data/use-ask.ts';
import { actText, procedureActText } from '../../text/labels.ts';
import { type Text, useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorSheet } from '../../ui/error-sheet.tsx';
import { ListReader } from '../../ui/list-reader.tsx';
import { Status } from '../../ui/status.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { MessageReader } from './message-reader.tsx';
import { NothingCame } from './nothing-came.tsx';
import { Rejected } from './rejected.tsx';
import './inbox.css';

const PAGE = 200;

/** What came: the newest first, what nobody here has opened yet marked; and what was turned away. */
export function Inbox() {
  const { t } = useText();
  const navigate = useNavigate();
  const chosen = useParams()['m'] as Sha256 | undefined;
  const [params, setParams] = useSearchParams();
  const rejected = params.get('tab') === 'rejected';
  const [query, setQuery] = useState('');
  const [unopened, setUnopened] = useState(false);
  const search = useDeferredValue(query.trim());
  const { value, failure, again, waiting } = useAsk(
    'inbox:list',
    { ...(search === '' ? {} : { query: search }), ...(unopened ? { unopened } : {}), limit: PAGE, after: null },
    { keep: true, enabled: !rejected },
  );
  const items = rejected ? [] : (value?.items ?? []);
  const open = (m: Sha256): void => void navigate(`/inbox/${m}`);
  const clear = (): void => {
    setQuery('');
    setUnopened(false);
  };
  const step = (by: 1 | -1): void => {
    const at = items.findIndex(({ m }) => m === chosen);
    const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
    if (next !== undefined) open(next.m);
  };
  useShortcut('J', () => step(1));
  useShortcut('K', () => step(-1));
  useShortcut('Mod+F', () => document.getElementById('inbox-search')?.focus());

  return (
    <ListReader
      head={
        <>
          <div className="inbox-head">
            <h1>{t('window.frame.inbox')}</h1>
            <Tabs
              activeKey={rejected ? 'rejected' : 'received'}
              items={[
                { key: 'received', label: t('window.inbox.received') },
                { key: 'rejected', label: t('window.inbox.rejected') },
              ]}
              onChange={(key) => setParams(key === 'rejected' ? { tab: 'rejected' } : {}, { replace: true })}
            />
          </div>
          <div className="list-filters inbox-filters">
            <Input
              allowClear
              aria-label={t(rejected ? 'window.inbox.searchRejected' : 'window.inbox.search')}
              id="inbox-search"
              placeholder={t(rejected ? 'window.inbox.searchRejected' : 'window.inbox.search')}
              prefix={<SearchOutlined aria-hidden />}
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
            {!rejected && (
              <Checkbox checked={unopened} onChange={(event) => setUnopened(event.target.checked)}>
                {t('window.inbox.onlyUnopened')}
              </Checkbox>
            )}
          </div>
        </>
      }
      reader={
        chosen === undefined || rejected ? (
          (rejected || items.length > 0) && (
            <p className="text3">{t(rejected ? 'window.inbox.rejectedNote' : 'window.inbox.choose')}</p>
          )
        ) : (
          <MessageReader key={chosen} m={chosen} />
        )
      }
      readerLabel={t('window.inbox.reader')}
    >
      {rejected ? (
        <Rejected query={search} onClear={clear} onReceived={() => setParams({}, { replace: true })} />
      ) : (
        <>
          {failure !== null && <ErrorSheet failure={failure} onRetry={again} />}
          {waiting && <WaitingRows count={6} label={t('window.waiting')} />}
          {value?.items.length === 0 &&
            (search === '' && !unopened ? (
              <NothingCame />
            ) : (
              <Empty act={<Button onClick={clear}>{t('window.filter.clear')}</Button>}>{t('window.inbox.noHit')}</Empty>
            ))}
          <ul>
            {items.map((row) => (
              <Row key={row.m} chosen={row.m === chosen} row={row} onOpen={() => open(row.m)} />
            ))}
          </ul>
          {value?.next != null && <p className="list-more meta text3">{t('window.inbox.more', { count: PAGE })}</p>}
        </>
      )}
    </ListReader>
  );
}

/** What a received message is called: its act in the procedure's words. */
function titleOfMessage(
  { t }: Text,
  { type, subtype, actId, act }: Pick<MessageRowView, 'type' | 'subtype' | 'actId' | 'act'>,
): string {
  if (type !== null && actId !== null) return procedureActText(t, { type, subtype }, { id: actId });
  return act === null ? t('window.matter.uncounted') : actText(t, act);
}

function Row({
  row,
  chosen,
  onOpen,
}: {
  readonly row: MessageRowView;
  readonly chosen: boolean;
  readonly onOpen: () => void;
}) {
  const text = useText();
  const { t, momentAlone } = text;
  const { openedAt, status, title, sender, documents } = row;
  return (
    <li>
      <button
        type="button"
        className="list-row inbox-row"
        {...(chosen ? { 'aria-current': 'true' as const } : {})}
        onClick={onOpen}
      >
        <span className={openedAt === null ? 'clip strong' : 'clip'} lang="zh-CN" title={title}>
          {title === '' ? titleOfMessage(text, row) : title}
        </span>
        <span className="list-row-end">
          {status === 'held' ? (
            <Status tone="waiting">{t('window.inbox.held')}</Status>
          ) : openedAt === null ? (
            <Status tone="waiting">{t('window.matter.unopened')}</Status>
          ) : null}
        </span>
        <span className="meta text3 clip" title={sender.name}>
          {titleOfMessage(text, row)} · <span lang="zh-CN">{sender.name}</span>
          {documents.length > 0 && ` · ${t('window.compose.files', { count: documents.length })}`}
        </span>
        <span className="meta text3 num list-row-end">{momentAlone(row.storedAt)}</span>
      </button>
    </li>
  );
}
