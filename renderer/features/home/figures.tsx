import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { fontSans, type Palette, palettes } from '../../../shared/design/tokens.ts';
import { useText } from '../../text/use-text.ts';
import { useMode } from '../../theme/mode-context.ts';
import { ChartCard } from '../../ui/chart-card.tsx';
import './figures.css';

export const STAGES = ['preparing', 'theirs', 'ours', 'closed'] as const;
export type Stage = (typeof STAGES)[number];

export interface FiguresData {
  readonly byType: readonly { readonly name: string; readonly counts: Readonly<Record<Stage, number>> }[];
  readonly total: number;
  readonly byRegion: readonly { readonly name: string; readonly count: number }[];
  /** Share of deadlines kept within the last 90 days; null where none ended. */
  readonly onTime: number | null;
  /** By `YYYY-MM`, the oldest first. */
  readonly months: readonly { readonly month: string; readonly sent: number; readonly received: number }[];
}

/** Three pictures of the office's work. None uses a status colour; every figure can be had as a table. */
export function Figures({ data }: { readonly data: FiguresData }) {
  return (
    <>
      <ByStage data={data} />
      <ByRegion data={data} />
      <ByMonth data={data} />
    </>
  );
}

function axisStyle(p: Palette) {
  return {
    axisLine: { lineStyle: { color: p.line } },
    axisTick: { show: false },
    axisLabel: { color: p.text2, fontSize: 12, fontFamily: fontSans },
    splitLine: { lineStyle: { color: p.line } },
  };
}

/** Room for the longest name at 12 px: a Chinese character is one em, a Latin letter about half. */
function nameWidth(names: readonly string[]): number {
  const ems = names.map((name) => [...name].reduce((sum, char) => sum + (char.charCodeAt(0) < 0x2e80 ? 0.56 : 1), 0));
  return Math.ceil(Math.max(0, ...ems) * 12) + 12;
}

function ByStage({ data }: { readonly data: FiguresData }) {
  const { t, count } = useText();
  const p = palettes[useMode()];
  const { byType } = data;
  const colours = useMemo(
    () => ({ preparing: p.series[3], theirs: p.series[1], ours: p.series[0], closed: p.series[2] }),
    [p],
  );
  const option = useMemo((): EChartsCoreOption => {
    const sums = byType.map(({ counts }) => STAGES.reduce((sum, stage) => sum + counts[stage], 0));
    return {
      grid: { left: nameWidth(byType.map(({ name }) => name)), right: 40, top: 0, bottom: 0 },
      xAxis: { type: 'value', show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: byType.map(({ name }) => name),
        ...axisStyle(p),
        axisLine: { show: false },
      },
      series: STAGES.map((stage, index) => ({
        name: stage,
        type: 'bar',
        stack: 'all',
        barWidth: 14,
        data: byType.map(({ counts }) => counts[stage]),
        itemStyle: { color: colours[stage], borderColor: p.sheet, borderWidth: 1 },
        ...(index < STAGES.length - 1
          ? {}
          : {
              label: {
                show: true,
                position: 'right',
                color: p.text2,
                fontSize: 12,
                formatter: ({ dataIndex }: { dataIndex: number }) => count(sums[dataIndex] ?? 0),
              },
            }),
      })),
    };
  }, [byType, colours, p, count]);
  return (
    <ChartCard
      title={t('window.home.byStage.title')}
      label={t('window.home.byStage.label')}
      extra={<span className="num">{t('window.home.byStage.total', { count: data.total, n: count(data.total) })}</span>}
      height={Math.max(1, byType.length) * 30}
      legend={STAGES.map((stage) => ({ name: t(`window.home.stage.${stage}`), colour: colours[stage] ?? p.brand }))}
      option={option}
      table={{
        head: [t('window.home.byStage.type'), ...STAGES.map((stage) => t(`window.home.stage.${stage}`))],
        rows: byType.map(({ name, counts }) => [name, ...STAGES.map((stage) => counts[stage])]),
      }}
    />
  );
}

function ByRegion({ data }: { readonly data: FiguresData }) {
  const { t, share } = useText();
  const p = palettes[useMode()];
  const { byRegion, onTime } = data;
  const option = useMemo(
    (): EChartsCoreOption => ({
      grid: { left: nameWidth(byRegion.map(({ name }) => name)), right: 40, top: 2, bottom: 2 },
      xAxis: { type: 'value', show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: byRegion.map(({ name }) => name),
        ...axisStyle(p),
        axisLine: { show: false },
      },
      series: [
        {
          type: 'bar',
          barWidth: 10,
          data: byRegion.map(({ count }) => count),
          itemStyle: { color: p.series[1] },
          label: { show: true, position: 'right', color: p.text2, fontSize: 12 },
        },
      ],
    }),
    [byRegion, p],
  );
  return (
    <ChartCard
      title={t('window.home.byRegion.title')}
      label={t('window.home.byRegion.label')}
      extra={
        onTime !== null && (
          <span>
            {t('window.home.onTime')} <b className="num">{share(onTime)}</b>
            {t('window.home.onTimeSpan')}
          </span>
        )
      }
      height={Math.max(1, byRegion.length) * 22 + 4}
      option={option}
      table={{
        head: [t('window.home.byRegion.region'), t('window.home.byRegion.matters')],
        rows: byRegion.map(({ name, count }) => [name, count]),
      }}
    />
  );
}

function ByMonth({ data }: { readonly data: FiguresData }) {
  const { t, language } = useText();
  const p = palettes[useMode()];
  const { months } = data;
  const sent = t('window.home.byMonth.sent');
  const received = t('window.home.byMonth.received');
  const option = useMemo((): EChartsCoreOption => {
    const axis = axisStyle(p);
    const bar = { type: 'bar', barWidth: 7 };
    return {
      grid: { left: 28, right: 4, top: 8, bottom: 20 },
      xAxis: {
        type: 'category',
        data: months.map(({ month }) => shortMonth(month)),
        ...axis,
        axisLabel: { ...axis.axisLabel, interval: 2 },
      },
      yAxis: { type: 'value', ...axis, axisLine: { show: false }, splitNumber: 2, minInterval: 1 },
      series: [
        {
          ...bar,
          name: sent,
          barGap: '15%',
          data: months.map((month) => month.sent),
          itemStyle: { color: p.series[0] },
        },
        { ...bar, name: received, data: months.map((month) => month.received), itemStyle: { color: p.series[1] } },
      ],
    };
  }, [months, p, sent, received]);
  return (
    <ChartCard
      title={t('window.home.byMonth.title')}
      label={t('window.home.byMonth.label')}
      extra={
        <ul className="figures-legend" lang={language}>
          <li>
            <i style={{ background: p.series[0] }} />
            {sent}
          </li>
          <li>
            <i style={{ background: p.series[1] }} />
            {received}
          </li>
        </ul>
      }
      height={120}
      option={option}
      table={{
        head: [t('window.home.byMonth.month'), sent, received],
        rows: months.map((month) => [month.month, month.sent, month.received]),
      }}
    />
  );
}

/** 26-09 of 2026-09: an axis has no room for more. */
function shortMonth(month: string): string {
  return month.slice(2);
}
