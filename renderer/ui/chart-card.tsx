import { BarChartOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useId, useState } from 'react';
import { useText } from '../text/use-text.ts';
import { Chart } from './chart.tsx';
import './chart-card.css';

export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
}

export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

interface Props {
  readonly title: string;
  readonly extra?: ReactNode;
  readonly label: string;
  readonly legend?: readonly LegendEntry[];
  readonly option: EChartsCoreOption;
  readonly height: number;
  /** The same figures in words and numbers. */
  readonly table: ChartTable;
}

/** A chart, or the same figures as a table. */
export function ChartCard({ title, extra, label, legend = [], option, height, table }: Props) {
  const { t } = useText();
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const turn = asTable ? t('window.chart.asChart') : t('window.chart.asTable');
  return (
    <section aria-labelledby={id} className="chart-card sheet">
      <header>
        <h2 id={id}>{title}</h2>
        <div className="chart-extra">{extra}</div>
        <Tooltip title={turn}>
          <Button
            aria-label={`${title}: ${turn}`}
            aria-pressed={asTable}
            icon={asTable ? <BarChartOutlined /> : <TableOutlined />}
            size="small"
            type="text"
            onClick={() => setAsTable(!asTable)}
          />
        </Tooltip>
      </header>
      {asTable ? (
        <FiguresTable label={label} {...table} />
      ) : (
        <>
          {legend.length > 0 && (
            <ul className="chart-legend">
              {legend.map(({ name, colour }) => (
                <li key={name}>
                  <i style={{ background: colour }} />
                  {name}
                </li>
              ))}
            </ul>
          )}
          <Chart height={height} label={label} option={option} />
        </>
      )}
    </section>
  );
}

function FiguresTable({ label, head, rows }: ChartTable & { readonly label: string }) {
  return (
    <div className="chart-table">
      <table>
        <caption className="unseen">{label}</caption>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...values]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {values.map((value, index) => (
                <td key={head[index + 1]}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
