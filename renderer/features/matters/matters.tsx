import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { MatterRowView } from '../../../shared/ipc/channels/matter.ts';
import type { MatterId, PersonId } from '../../../shared/model/brand.ts';
import { ask } from '../../bridge.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useEvent } from '../../data/use-events.ts';
import { type FetchPage, usePagedRows } from '../../data/use-paged-rows.ts';
import { useText } from '../../text/use-text.ts';
import { useMedia } from '../../theme/use-media.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Page } from '../../ui/page.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';
import { useToast } from '../../ui/use-toast.ts';
import { VirtualGrid } from '../../ui/virtual-grid.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { ColumnChoice } from './column-choice.tsx';
import { Filters } from './filters.tsx';
import { matterColumns, narrowColumns, type OptionalColumn } from './matter-columns.tsx';
import { type MatterQuery, readQuery, writeQuery } from './matter-query.ts';
import { Preview } from './preview.tsx';
import { SelectionActs } from './selection-acts.tsx';
import { Views } from './views.tsx';
import './matters.css';

const PAGE = 200;
const ROW = 48;
const NARROW_ROW = 92;

type Key = NonNullable<Awaited<ReturnType<typeof askPage>>['next']>;

const askPage = (query: MatterQuery, after: unknown) =>
  ask('matter:list', { ...query, limit: PAGE, after: after as never });

/** Every matter of the vault: 100,000 rows are a scroll bar, not a wait. */
export function Matters() {
  const { t, count } = useText();
  const navigate = useNavigate();
  const toast = useToast();
  const [params, setParams] = useSearchParams();
  const address = params.toString();
  const query = useMemo(() => readQuery(new URLSearchParams(address)), [address]);
  const setQuery = (next: MatterQuery): void => setParams(writeQuery(next), { replace: true });
  const rows = useMatterRows(query);
  const everything = useAsk('home:charts', { months: 12 }).value?.byState.reduce((sum, { total }) => sum + total, 0);
  const persons = usePersons();
  const [previewed, setPreviewed] = useState<number | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<MatterId>>(new Set());
  const [hidden, setHidden] = useState<ReadonlySet<OptionalColumn>>(new Set());
  const exported = useTell('matter:export-csv');
  const narrow = useMedia('(max-width: 760px)');
  const tight = useMedia('(max-width: 1180px)');

  const toggle = (id: MatterId): void =>
    setSelected((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]));
  const open = (index: number): void => {
    const row = rows.rowAt(index);
    if (row !== null) void navigate(`/matters/${row.id}`);
  };
  useShortcut('Escape', () => setPreviewed(null));

  const preview = previewed === null ? null : rows.rowAt(previewed);
  const columns = {
    t,
    query,
    persons,
    selected,
    toggle,
    onSort: (by: MatterQuery['sort']['by']) =>
      setQuery({ ...query, sort: { by, descending: query.sort.by === by ? !query.sort.descending : by !== 'due' } }),
  };
  const isFiltered = Object.keys(query.filter).length > 0;

  return (
    <div className="matters">
      <Page
        extra={
          <>
            <Button
              icon={<DownloadOutlined />}
              loading={exported.isPending}
              onClick={() =>
                exported.tell(
                  { ...query, only: selected.size === 0 ? null : [...selected] },
                  {
                    onSuccess: (answer) => answer.saved && toast(t('window.matters.exported', { count: answer.rows })),
                  },
                )
              }
            >
              {t('window.matters.export')}
            </Button>
            <ColumnChoice hidden={hidden} onChange={setHidden} />
          </>
        }
        note={everything === undefined ? undefined : t('window.matters.total', { n: count(everything) })}
        title={t('window.frame.matters')}
      >
        <Views query={query} onChange={setQuery} />
        <Filters query={query} persons={persons} onChange={setQuery} />
        {exported.failure !== null && <FailureLine failure={exported.failure} />}
        {rows.failure !== null && <ErrorSheet failure={rows.failure} onRetry={rows.again} />}
        {rows.failure === null && rows.total === null && <WaitingRows count={9} label={t('window.waiting')} />}
        {rows.failure === null && rows.total === 0 && (
          <div className="sheet">
            <Empty
              act={
                isFiltered ? (
                  <Button onClick={() => setQuery({ ...query, filter: {} })}>{t('window.filter.clear')}</Button>
                ) : (
                  <Button onClick={() => void navigate('/new')}>{t('window.frame.newRequest')}</Button>
                )
              }
            >
              {isFiltered ? t('window.matters.noHit') : t('window.matters.none')}
            </Empty>
          </div>
        )}
        {rows.failure === null && rows.total !== null && rows.total > 0 && (
          <VirtualGrid<MatterRowView>
            columns={
              narrow
                ? narrowColumns(columns)
                : matterColumns(columns, { tight: tight || preview !== null, previewing: preview !== null }, hidden)
            }
            count={rows.total}
            headless={narrow}
            label={t('window.frame.matters')}
            rowAt={rows.rowAt}
            rowHeight={narrow ? NARROW_ROW : ROW}
            onActive={(index) => previewed !== null && setPreviewed(index)}
            onOpen={open}
            onPreview={(index) => setPreviewed(previewed === index ? null : index)}
            onRange={rows.need}
            onToggle={(index) => {
              const row = rows.rowAt(index);
              if (row !== null) toggle(row.id);
            }}
          />
        )}
        <footer className="matters-foot num">
          {rows.total !== null && (
            <span>
              {t('window.matters.hits', {
                count: rows.total,
                n: count(rows.total),
                ms: Math.max(1, Math.round(rows.took ?? 0)),
              })}
            </span>
          )}
          {selected.size === 0 ? (
            <span>{t('window.matters.selected', { count: 0 })}</span>
          ) : (
            <SelectionActs selected={[...selected]} persons={persons} onClear={() => setSelected(new Set())} />
          )}
          <span className="matters-keys push">
            <Kbd keys="↑" /> <Kbd keys="↓" /> {t('window.matters.key.move')}
            <Kbd keys={t('window.matters.key.space')} /> {t('window.matters.key.preview')}
            <Kbd keys="Enter" /> {t('window.matters.key.open')}
          </span>
        </footer>
      </Page>
      {preview !== null && <Preview matter={preview.id} onClose={() => setPreviewed(null)} />}
    </div>
  );
}

function useMatterRows(query: MatterQuery) {
  const fetch = useCallback<FetchPage<MatterRowView, Key>>(
    async (end, after) => {
      const { sort } = query;
      return askPage(end === 'head' ? query : { ...query, sort: { ...sort, descending: !sort.descending } }, after);
    },
    [query],
  );
  const rows = usePagedRows(fetch, true);
  useEvent('records:changed', ({ what }) => {
    if (what.includes('matters')) rows.again();
  });
  return rows;
}

export type Persons = ReadonlyMap<PersonId, string>;

function usePersons(): Persons {
  const office = useAsk('office:show', {}).value;
  return useMemo(
    () => new Map(office?.card?.persons.map(({ id, name }) => [id, name] as const) ?? []),
    [office?.card?.persons],
  );
}
