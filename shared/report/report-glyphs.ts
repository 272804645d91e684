import type { Html } from './html-text.ts';
import type { ReportTone } from './report-view.ts';
import { type Element, el, toHtml } from './tree.ts';

/*
 * Shape carries the meaning, colour only repeats it (window.md 5): shields for verdicts, discs for single checks. They print in black.
 */

const SHIELD = 'M20 3 34 8v11c0 9-6 15-14 18C12 34 6 28 6 19V8z';

const path = (d: string, more: Readonly<Record<string, string>> = {}): Element => el('path', { d, ...more });
const circle = (r: string, more: Readonly<Record<string, string>> = {}): Element =>
  el('circle', { cx: '8', cy: '8', r, ...more });
const FILLED = { fill: 'currentColor' } as const;
const ON = { class: 'on' } as const;

const SHIELDS: Readonly<Record<ReportTone, readonly Element[]>> = {
  done: [path(SHIELD), path('m13 19 5 5 9-10')],
  waiting: [
    path(SHIELD, { 'stroke-dasharray': '5 3' }),
    path('M15.5 16a4.5 4.5 0 1 1 6.5 4c-1.5.8-2 1.6-2 3'),
    path('M20 27.5v.5'),
  ],
  failed: [path(SHIELD, FILLED), path('m14.5 14 11 11m0-11-11 11', ON)],
  none: [path(SHIELD, { 'stroke-dasharray': '2 4' })],
};

const DISCS: Readonly<Record<ReportTone, readonly Element[]>> = {
  done: [circle('7', FILLED), path('m4.7 8.2 2.3 2.3 4.3-4.7', ON)],
  waiting: [circle('6'), path('M8 4.4a3.6 3.6 0 0 1 0 7.2z', { ...FILLED, stroke: 'none' })],
  failed: [path('M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z', FILLED), path('m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2', ON)],
  none: [circle('6', { 'stroke-dasharray': '2.2 2' })],
};

/** Beside words that say the same: hidden from those who cannot see it. */
export function shieldGlyph(tone: ReportTone, size: number): Html {
  return toHtml(shieldTree(tone, size));
}

export function discGlyph(tone: ReportTone): Html {
  return toHtml(discTree(tone));
}

export function shieldTree(tone: ReportTone, size: number): Element {
  return glyph(SHIELDS[tone], 40, size, tone, 2.4);
}

export function discTree(tone: ReportTone): Element {
  return glyph(DISCS[tone], 16, 16, tone, 1.4);
}

function glyph(shapes: readonly Element[], box: number, size: number, tone: ReportTone, stroke: number): Element {
  const attributes = {
    class: `glyph ${tone}`,
    width: String(size),
    height: String(size),
    viewBox: `0 0 ${box} ${box}`,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': String(stroke),
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
    focusable: 'false',
  };
  return el('svg', attributes, ...shapes);
}
