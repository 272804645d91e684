import { AppError } from '../../errors.ts';
import { type CivilDate, daysBetween, parseCivilDate } from './civil-date.ts';

/** Something that touches a running period, written `pause.buzheng:2025-03-10/2025-03-17`; `open` where it has not ended. */
export interface ClockEvent {
  readonly effect: 'pause' | 'restart' | 'lapse';
  /** What happened: `buzheng` 补正, `heshi` 核实, `xiezuo` 异地协作 … */
  readonly cause: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

/** @throws AppError USAGE where the text is not an event */
export function parseClockEvent(text: string): ClockEvent {
  const refuse = (): never => {
    throw new AppError('USAGE', { event: text.slice(0, 80) });
  };
  const match = /^(pause|restart|lapse)\.([a-z][a-z0-9-]{0,31}):(\d{4}-\d{2}-\d{2})\/(open|\d{4}-\d{2}-\d{2})$/.exec(
    text.trim(),
  );
  if (match === null) return refuse();
  const from = parseCivilDate(match[3] ?? '');
  const to = match[4] === 'open' ? null : parseCivilDate(match[4] ?? '');
  if (from === null || (match[4] !== 'open' && to === null)) return refuse();
  if (to !== null && daysBetween(from, to) < 0) return refuse();
  return { effect: match[1] as ClockEvent['effect'], cause: match[2] ?? '', from, to };
}
