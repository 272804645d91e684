import type { Translate } from '../../shared/i18n/create-i18n.ts';
import { formatSize } from '../../shared/text/format-size.ts';
import type { TextSink } from './context.ts';

/** Counts bytes of one long step. */
export interface Progress {
  update(done: number, total: number): void;
  /** Takes the bar away, or ends the lines. */
  finish(): void;
}

interface ProgressOptions {
  readonly stderr: TextSink;
  readonly label: string;
  readonly t: Translate;
  /** A monotonic clock, milliseconds. */
  readonly clock: () => number;
}

const QUIET_MS = 1_000;
const BAR_INTERVAL_MS = 100;
const LINE_INTERVAL_MS = 5_000;
const BAR_CELLS = 24;

/** A bar that redraws itself on a terminal, a line every five seconds elsewhere; nothing for what ends within a second. */
export function createProgress({ stderr, label, t, clock }: ProgressOptions): Progress {
  const onTerminal = stderr.isTTY === true;
  const interval = onTerminal ? BAR_INTERVAL_MS : LINE_INTERVAL_MS;
  const started = clock();
  let shownAt = started + (onTerminal ? QUIET_MS : LINE_INTERVAL_MS) - interval;
  let shown = false;

  const left = (done: number, total: number, now: number): string => {
    const seconds = Math.ceil(((now - started) / 1000) * ((total - done) / done));
    return t('cli.progress.left', { seconds });
  };

  return {
    update(done, total) {
      const now = clock();
      if (now - shownAt < interval || total <= 0 || done <= 0) return;
      shownAt = now;
      shown = true;
      const share = Math.min(1, done / total);
      const figures = `${Math.floor(share * 100)} %  ${formatSize(done)} / ${formatSize(total)}  ${left(done, total, now)}`;
      stderr.write(onTerminal ? `\r\u001b[K${label}  ${bar(share)}  ${figures}` : `${label}  ${figures}\n`);
    },
    finish() {
      if (shown && onTerminal) stderr.write('\r\u001b[K');
      shown = false;
    },
  };
}

function bar(share: number): string {
  const full = Math.round(share * BAR_CELLS);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_CELLS - full)}]`;
}
