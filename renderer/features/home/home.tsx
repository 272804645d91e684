import { Button } from 'antd';
import { useNavigate } from 'react-router';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import { useAsk } from '../../data/use-ask.ts';
import { clockTone, dueText, leftText } from '../../text/clock-text.ts';
import { useNow } from '../../text/use-now.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorSheet } from '../../ui/error-sheet.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { AfterRestore } from './after-restore.tsx';
import { DueList } from './due-list.tsx';
import { Figures } from './figures.tsx';
import { FirstSteps } from './first-steps.tsx';
import { type Need, NeedsStrip } from './needs-strip.tsx';
import { Notices } from './notices.tsx';
import { toDueGroups } from './to-due-groups.ts';
import { toFigures } from './to-figures.ts';
import { weekText } from './week-text.ts';
import './home.css';

type Counts = ResponseOf<'home:counts'>;
type Today = ResponseOf<'home:today'>;

const ROWS = 20;
const MONTHS = 12;

/** What needs somebody today. */
export function Home() {
  const text = useText();
  const { t } = text;
  const counts = useAsk('home:counts', {});
  const today = useAsk('home:today', { limit: ROWS });
  const charts = useAsk('home:charts', { months: MONTHS });
  const drafts = useAsk('draft:list', {});
  const office = useAsk('office:show', {});
  const routes = useAsk('route:list', {});
  const directory = useAsk('directory:list', { limit: 2, after: null });
  const now = useNow();
  const fresh = office.value !== undefined &&
    routes.value !== undefined &&
    directory.value !== undefined && {
      identity: office.value.card !== null,
      route: routes.value.items.length > 0,
      directory: directory.value.items.some(({ own }) => !own),
    };
  const figures = charts.value === undefined ? null : toFigures(text, charts.value, drafts.value?.items ?? []);

  return (
    <Page note={weekText(t, now)} title={text.longDay(now)}>
      {counts.value !== undefined && <NeedsStrip needs={needsOf(text, counts.value, today.value, now)} />}
      <div className="home">
        <div className="home-left">
          {counts.failure !== null && today.failure === null && (
            <ErrorSheet failure={counts.failure} onRetry={counts.again} />
          )}
          {fresh !== false && !(fresh.identity && fresh.route && fresh.directory) && <FirstSteps done={fresh} />}
          <AfterRestore />
          <Notices />
          <Section extra={t('window.home.byDeadline')} title={t('window.home.today')}>
            {today.failure !== null && (
              <ErrorSheet
                failure={today.failure}
                onRetry={() => {
                  today.again();
                  counts.again();
                }}
              />
            )}
            {today.waiting && <WaitingRows count={6} label={t('window.waiting')} />}
            {today.value !== undefined && <Due today={today.value} />}
          </Section>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
        <section aria-label={t('window.home.figures')} className="home-right" tabIndex={0}>
          {charts.failure !== null && <ErrorSheet failure={charts.failure} onRetry={charts.again} />}
          {figures !== null &&
            (figures.total === 0 ? <p className="text3">{t('window.home.noFigures')}</p> : <Figures data={figures} />)}
        </section>
      </div>
    </Page>
  );
}

function Due({ today }: { readonly today: Today }) {
  const text = useText();
  const now = useNow();
  const navigate = useNavigate();
  const groups = toDueGroups(text, today, now);
  if (groups.some(({ rows }) => rows.length > 0)) return <DueList groups={groups} />;
  const { t, day } = text;
  return (
    <div className="sheet">
      <Empty act={<Button onClick={() => void navigate('/new')}>{t('window.frame.newRequest')}</Button>}>
        {today.next === null
          ? t('window.home.clear')
          : t('window.home.clearUntil', { day: day(today.next.due.slice(0, 10)), title: today.next.title })}
      </Empty>
    </div>
  );
}

/** Five figures; each is the head of a list. */
function needsOf(text: ReturnType<typeof useText>, counts: Counts, today: Today | undefined, now: Date): Need[] {
  const { t, moment } = text;
  const oldest = today?.now.rows.find(({ clock }) => clock !== null && clockTone(clock, now) === 'failed')?.clock;
  const refused = today?.now.rows.find(({ kind }) => kind === 'refused');
  const none = t('window.home.need.none');
  const need = (key: string, tone: Need['tone'], count: number, hint: string, to: string, label: string): Need => ({
    key,
    tone,
    count,
    hint: count === 0 ? none : hint,
    to,
    label,
  });
  return [
    need(
      'overdue',
      'failed',
      counts.overdue,
      oldest ? t('window.home.need.oldest', { late: leftText(t, oldest, now), due: dueText(text, oldest, now) }) : '',
      '/matters?due=-1',
      t('window.home.need.overdue'),
    ),
    need(
      'due',
      'waiting',
      counts.due,
      t('window.home.need.todayOf', { n: today?.today.total ?? 0 }),
      '/matters?due=3',
      t('window.home.need.due'),
    ),
    need(
      'toSign',
      'waiting',
      counts.toSign,
      t('window.home.need.folder'),
      '/signature-folder',
      t('window.home.need.toSign'),
    ),
    need(
      'toAnswer',
      'waiting',
      counts.toAnswer,
      t('window.home.need.ourMove'),
      '/matters?turn=ours',
      t('window.home.need.toAnswer'),
    ),
    need(
      'refused',
      'failed',
      counts.refused,
      refused === undefined ? '' : t('window.home.need.last', { time: moment(refused.at) }),
      refused === undefined ? '/matters' : `/matters/${refused.matter}`,
      t('window.home.need.refused'),
    ),
  ];
}
