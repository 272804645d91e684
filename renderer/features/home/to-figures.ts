import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import { PROCEDURE_TYPES } from '../../../shared/model/vocabulary.ts';
import { regionText, typeText } from '../../text/labels.ts';
import type { Text } from '../../text/use-text.ts';
import type { FiguresData } from './figures.tsx';

const REGIONS = 5;
/** On-time rate: of the last so many months. */
const RECENT = 3;

/** What the charts draw, out of what the vault counted. */
export function toFigures(
  { t }: Text,
  charts: ResponseOf<'home:charts'>,
  drafts: ResponseOf<'draft:list'>['items'],
): FiguresData {
  const byType = PROCEDURE_TYPES.map((type) => {
    const rows = charts.byState.filter((row) => row.type === type);
    const sum = (wanted: (row: (typeof rows)[number]) => boolean): number =>
      rows.filter(wanted).reduce((total, row) => total + row.total, 0);
    return {
      name: typeText(t, type),
      counts: {
        preparing: drafts.filter(({ target }) => target.kind === 'open' && target.type === type).length,
        theirs: sum(({ final, turn }) => !final && turn !== 'ours'),
        ours: sum(({ final, turn }) => !final && turn === 'ours'),
        closed: sum(({ final }) => final),
      },
    };
    // Of the many types an office uses a few: a bar for each would push the list of the day off the screen.
  }).filter(({ counts }) => Object.values(counts).some((count) => count > 0));
  const ended = charts.onTime.slice(-RECENT);
  const met = ended.reduce((sum, month) => sum + month.met, 0);
  const all = ended.reduce((sum, month) => sum + month.met + month.missed, 0);
  return {
    byType,
    total: charts.byState.reduce((sum, { total }) => sum + total, 0),
    byRegion: [...charts.byRegion]
      .sort((a, b) => b.total - a.total)
      .slice(0, REGIONS)
      .map(({ region, total }) => ({ name: regionText(t, region), count: total })),
    onTime: all === 0 ? null : met / all,
    months: charts.volume,
  };
}
