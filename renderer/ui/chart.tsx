import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { fontSans, palettes } from '../../shared/design/tokens.ts';
import { useMode } from '../theme/mode-context.ts';

register([BarChart, AriaComponent, GridComponent, SVGRenderer]);

interface Props {
  readonly option: EChartsCoreOption;
  /** Pixels. */
  readonly height: number;
  /** What it shows, in a sentence. */
  readonly label: string;
}

/** ECharts with the tokens: SVG, without entry animation; legends are HTML, so that they wrap, translate and can be read aloud. */
export function Chart({ option, height, label }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const p = palettes[useMode()];
  useEffect(() => {
    if (host.current === null) return;
    const chart = init(host.current, undefined, { renderer: 'svg' });
    chart.setOption({
      animation: false,
      color: [...p.series],
      textStyle: { fontFamily: fontSans, color: p.text2, fontSize: 12 },
      ...option,
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(host.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option, p]);
  return <div ref={host} role="img" aria-label={label} style={{ height }} />;
}
