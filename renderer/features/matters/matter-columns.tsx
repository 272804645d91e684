import type { Translate } from '../../../shared/i18n/create-i18n.ts';
import type { MatterRowView } from '../../../shared/ipc/channels/matter.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import { clockTone, dueText, leftText } from '../../text/clock-text.ts';
import { regionText, standingText, toneOfMatter, typeText } from '../../text/labels.ts';
import { useNow } from '../../text/use-now.ts';
import { useText } from '../../text/use-text.ts';
import { Dot } from '../../ui/glyphs.tsx';
import { MarkedText } from '../../ui/marked-text.tsx';
import { Status } from '../../ui/status.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import type { GridColumn } from '../../ui/virtual-grid.tsx';
import type { MatterQuery } from './matter-query.ts';
import type { Persons } from './matters.tsx';

export const OPTIONAL_COLUMNS = ['type', 'office', 'assignee', 'due', 'updated'] as const;
export type OptionalColumn = (typeof OPTIONAL_COLUMNS)[number];

interface Columns {
  readonly t: Translate;
  readonly query: MatterQuery;
  readonly persons: Persons;
  readonly selected: ReadonlySet<MatterId>;
  readonly toggle: (id: MatterId) => void;
  readonly onSort: (by: MatterQuery['sort']['by']) => void;
}

type Column = GridColumn<MatterRowView>;

interface Room {
  /** No room for what the other columns say as well. */
  readonly tight: boolean;
  /** The preview takes its own room and says when something happened last. */
  readonly previewing: boolean;
}

export function matterColumns(
  columns: Columns,
  { tight, previewing }: Room,
  hidden: ReadonlySet<OptionalColumn>,
): Column[] {
  const { t, persons } = columns;
  const sorted = (by: MatterQuery['sort']['by']) => sortOf(columns, by);
  const all: (Column | null)[] = [
    pickColumn(columns),
    {
      key: 'state',
      title: t('window.matters.column.state'),
      track: '144px',
      render: (row) => <Status tone={toneOfMatter(row)}>{standingText(t, row)}</Status>,
    },
    {
      key: 'title',
      title: t('window.matters.column.title'),
      track: 'minmax(0, 1fr)',
      ...sorted('title'),
      render: (row) => <Title row={row} />,
    },
    tight
      ? null
      : {
          key: 'type',
          title: t('window.matters.column.type'),
          track: '96px',
          render: (row) => <span className="text2">{typeText(t, row.type)}</span>,
        },
    {
      key: 'office',
      title: t('window.matters.column.office'),
      track: '172px',
      render: ({ counterpart }) => (
        <TwoLines
          first={<span lang="zh-CN">{counterpart.name}</span>}
          second={regionText(t, counterpart.id.slice(2, 4))}
        />
      ),
    },
    tight
      ? null
      : {
          key: 'assignee',
          title: t('window.matters.column.assignee'),
          track: '80px',
          render: ({ assignee }) => (
            <div className="clip" lang="zh-CN">
              {assignee === null ? <span className="text3">{t('window.matters.nobody')}</span> : persons.get(assignee)}
            </div>
          ),
        },
    {
      key: 'due',
      title: t('window.matters.column.due'),
      track: '156px',
      ...sorted('due'),
      render: (row) => <Due clock={row.clock} />,
    },
    previewing
      ? null
      : {
          key: 'updated',
          title: t('window.matters.column.updated'),
          track: '108px',
          ...sorted('updated'),
          render: (row) => <Moment at={row.updatedAt} />,
        },
  ];
  return all.filter((column): column is Column => column !== null && !hidden.has(column.key as OptionalColumn));
}

/** One column below 760 px: everything of a row, stacked. */
export function narrowColumns(columns: Columns): Column[] {
  const { t } = columns;
  return [
    pickColumn(columns),
    {
      key: 'all',
      title: '',
      track: 'minmax(0, 1fr)',
      render: (row) => (
        <div className="matters-stacked">
          <div className="matters-stacked-top">
            <Status tone={toneOfMatter(row)}>{standingText(t, row)}</Status>
            <Due clock={row.clock} />
          </div>
          <Title row={row} />
        </div>
      ),
    },
  ];
}

function sortOf({ query, onSort }: Columns, by: MatterQuery['sort']['by']): Pick<Column, 'sort' | 'onSort'> {
  const sort = query.sort.by !== by ? 'none' : query.sort.descending ? 'descending' : 'ascending';
  return { sort, onSort: () => onSort(by) };
}

function pickColumn({ t, selected, toggle }: Columns): Column {
  return {
    key: 'pick',
    title: <span className="unseen">{t('window.matters.column.pick')}</span>,
    track: '36px',
    render: (row, active) => (
      <label className="grid-pick">
        <input
          aria-label={t('window.matters.pick', { title: row.title })}
          checked={selected.has(row.id)}
          tabIndex={active ? 0 : -1}
          type="checkbox"
          onChange={() => toggle(row.id)}
        />
      </label>
    ),
  };
}

/** Second line: where the search hit, otherwise since when it runs. */
function Title({ row: { title, hit, openedAt, unopened } }: { readonly row: MatterRowView }) {
  const { t, date } = useText();
  return (
    <TwoLines
      first={
        <span lang="zh-CN" title={title}>
          {hit?.field === 'subject' ? <MarkedText {...hit} /> : title}
        </span>
      }
      second={
        hit !== null && hit.field !== 'subject' ? (
          <span lang="zh-CN">
            {hit.field !== 'form' && t(`window.matters.field.${hit.field}`)}
            <MarkedText {...hit} />
          </span>
        ) : (
          <>
            {t('window.matters.opened', { date: date(openedAt) })}
            {unopened > 0 && ` · ${t('window.matters.unopened', { count: unopened })}`}
          </>
        )
      }
    />
  );
}

function Due({ clock }: { readonly clock: MatterRowView['clock'] }) {
  const text = useText();
  const now = useNow();
  if (clock === null) return <span className="text3">{text.t('window.matters.noClock')}</span>;
  const tone = clockTone(clock, now);
  return (
    <div className="matters-due">
      <Dot size={14} tone={tone} />
      <TwoLines
        first={dueText(text, clock, now)}
        second={<span className={tone === 'none' ? '' : `tone-${tone}`}>{leftText(text.t, clock, now)}</span>}
      />
    </div>
  );
}

function Moment({ at }: { readonly at: string }) {
  const { momentAlone } = useText();
  return <span className="num text2 nowrap">{momentAlone(at)}</span>;
}
