import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input } from 'antd';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { Translate } from '../../../shared/i18n/create-i18n.ts';
import type { AuditEntryView } from '../../../shared/ipc/channels/exchange.ts';
import { actorText, auditActionText } from '../../../shared/text/audit-text.ts';
import { ask } from '../../bridge.ts';
import { useTell } from '../../data/use-ask.ts';
import { type FetchPage, usePagedRows } from '../../data/use-paged-rows.ts';
import { useText } from '../../text/use-text.ts';
import { useMedia } from '../../theme/use-media.ts';
import { Digest, shortDigest } from '../../ui/digest.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { Shield } from '../../ui/glyphs.tsx';
import { Page } from '../../ui/page.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { type GridColumn, VirtualGrid } from '../../ui/virtual-grid.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { EntryAside } from './entry-aside.tsx';
import './audit.css';

const PAGE = 200;
const ROW = 40;
const NARROW_ROW = 64;
const FORMATS = ['csv', 'pdf'] as const;
const FIELDS = ['actor', 'action', 'subject'] as const;
type Conditions = Partial<Record<(typeof FIELDS)[number], string>>;

/** Everything that was done, each entry chained to the one before. */
export function Audit() {
  const { t, count } = useText();
  const toast = useToast();
  const [conditions, setConditions] = useState<Conditions>({});
  const [shown, setShown] = useState<number | null>(null);
  const rows = useAuditRows(useDeferredValue(conditions));
  const csv = useTell('audit:export-csv');
  const pdf = useTell('audit:save-pdf');
  const narrow = useMedia('(max-width: 760px)');
  const entry = shown === null ? null : rows.rowAt(shown);
  const beside = entry !== null;
  const columns = useMemo(() => (narrow ? narrowColumns(t) : wideColumns(t, beside)), [narrow, t, beside]);
  const exportAs = ({ tell }: typeof csv | typeof pdf): void =>
    tell(
      { filter: conditions },
      { onSuccess: ({ saved, rows: written }) => saved && toast(t('window.audit.exported', { count: written })) },
    );
  const failure = csv.failure ?? pdf.failure;
  const isFiltered = Object.keys(conditions).length > 0;
  return (
    <div className="audit">
      <Page
        extra={
          <Dropdown
            menu={{
              items: FORMATS.map((format) => ({ key: format, label: t(`window.audit.${format}`) })),
              onClick: ({ key }) => exportAs(key === 'pdf' ? pdf : csv),
            }}
            trigger={['click']}
          >
            <Button icon={<DownloadOutlined />} loading={csv.isPending || pdf.isPending}>
              {t('window.preview.export')}
            </Button>
          </Dropdown>
        }
        note={rows.total === null || isFiltered ? undefined : t('window.audit.total', { n: count(rows.total) })}
        title={t('window.frame.audit')}
      >
        <div className="audit-filters">
          {FIELDS.map((name) => (
            <Input
              key={name}
              allowClear
              aria-label={t(`window.audit.column.${name}`)}
              maxLength={80}
              placeholder={t(`window.audit.column.${name}`)}
              value={conditions[name] ?? ''}
              onChange={(event) => setConditions(withCondition(conditions, name, event.target.value))}
            />
          ))}
          <ChainCheck />
        </div>
        {failure !== null && <FailureLine failure={failure} />}
        {rows.failure !== null && <ErrorSheet failure={rows.failure} onRetry={rows.again} />}
        {rows.failure === null && rows.total === null && <WaitingRows count={9} label={t('window.waiting')} />}
        {rows.failure === null && rows.total === 0 && (
          <div className="sheet">
            <Empty act={<Button onClick={() => setConditions({})}>{t('window.filter.clear')}</Button>}>
              {t('window.audit.noHit')}
            </Empty>
          </div>
        )}
        {rows.failure === null && rows.total !== null && rows.total > 0 && (
          <VirtualGrid<AuditEntryView>
            columns={columns}
            count={rows.total}
            headless={narrow}
            label={t('window.frame.audit')}
            rowAt={rows.rowAt}
            rowHeight={narrow ? NARROW_ROW : ROW}
            onActive={(index) => shown !== null && setShown(index)}
            onOpen={setShown}
            onPreview={(index) => setShown(shown === index ? null : index)}
            onRange={rows.need}
          />
        )}
      </Page>
      {entry !== null && <EntryAside entry={entry} onClose={() => setShown(null)} />}
    </div>
  );
}

function withCondition(conditions: Conditions, name: (typeof FIELDS)[number], typed: string): Conditions {
  const { [name]: _dropped, ...rest } = conditions;
  return typed === '' ? rest : { ...rest, [name]: typed };
}

function useAuditRows(filter: Conditions) {
  const fetch = useMemo<FetchPage<AuditEntryView, number>>(() => {
    // How many there are with conditions is known only at the end: until then there is a page more than what is here.
    let seen = 0;
    return async (_end, after) => {
      if (after === null) seen = 0;
      const { items, next, head } = await ask('audit:list', { filter, limit: PAGE, after });
      seen += items.length;
      const whole = Object.keys(filter).length === 0 ? head : seen + (next === null ? 0 : PAGE);
      return { items, next, total: next === null ? seen : whole };
    };
  }, [filter]);
  return usePagedRows(fetch, false);
}

/** Recomputes the chain: a claim with its time and what it is over. */
function ChainCheck() {
  const { t, time, count } = useText();
  const check = useTell('audit:check');
  const [at, setAt] = useState<Date | null>(null);
  const run = useCallback(() => check.tell({}, { onSuccess: () => setAt(new Date()) }), [check]);
  return (
    <div className="audit-check">
      <Button loading={check.isPending} onClick={run}>
        {t('window.audit.check')}
      </Button>
      {check.value !== undefined && at !== null && (
        <span className="audit-checked meta num" role="status">
          <Shield size={16} verdict="valid" />
          <span className="tone-done">{t('window.audit.intact')}</span>
          <span className="text3">{t('window.audit.intactTo', { n: count(check.value.seq), time: time(at) })}</span>
        </span>
      )}
      {check.failure !== null && <FailureLine failure={check.failure} />}
    </div>
  );
}

/** @param beside an entry is open at the right, which shows its digest: the column would leave none for what was acted on */
function wideColumns(t: Translate, beside: boolean): GridColumn<AuditEntryView>[] {
  const title = (name: 'seq' | 'at' | 'actor' | 'action' | 'subject' | 'hash') => t(`window.audit.column.${name}`);
  const columns: GridColumn<AuditEntryView>[] = [
    { key: 'seq', title: title('seq'), track: '72px', render: ({ seq }) => <span className="num text3">{seq}</span> },
    { key: 'at', title: title('at'), track: '152px', render: ({ at }) => <Exact at={at} /> },
    {
      key: 'actor',
      title: title('actor'),
      track: '120px',
      render: ({ actor }) => (
        <div className="clip" lang="zh-CN">
          {actorText(t, actor)}
        </div>
      ),
    },
    {
      key: 'action',
      title: title('action'),
      track: '176px',
      render: ({ action }) => <div className="clip">{auditActionText(t, action)}</div>,
    },
    {
      key: 'subject',
      title: title('subject'),
      track: 'minmax(0, 1fr)',
      render: ({ subject }) => <div className="clip mono text2">{subject !== null && shortened(subject)}</div>,
    },
    {
      key: 'hash',
      title: title('hash'),
      track: '176px',
      render: ({ hash }, active) =>
        active ? <Digest value={hash} /> : <span className="mono text3">{shortDigest(hash)}</span>,
    },
  ];
  return beside ? columns.filter(({ key }) => key !== 'hash') : columns;
}

function narrowColumns(t: Translate): GridColumn<AuditEntryView>[] {
  return [
    {
      key: 'all',
      title: '',
      track: 'minmax(0, 1fr)',
      render: ({ at, actor, action, subject }) => (
        <TwoLines
          first={auditActionText(t, action)}
          second={
            <>
              <Exact at={at} /> · {actorText(t, actor)} {subject !== null && <span className="mono">{subject}</span>}
            </>
          }
        />
      ),
    },
  ];
}

/** What is no digest keeps its whole name. */
function shortened(subject: string): string {
  return /^[0-9a-f]{64}$/.test(subject) ? shortDigest(subject) : subject;
}

function Exact({ at }: { readonly at: string }) {
  const { exact } = useText();
  return <span className="num text2 nowrap">{exact(at)}</span>;
}
