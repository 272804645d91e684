/**
 * The design's values: one source for Ant Design, plain CSS, the charts, printed pages and the background of a window that has not painted yet.
 *
 * Held by test/unit/design/contrast.test.ts:
 *  - text >= 4.5:1 on every surface it may stand on; glyphs, control borders and focus ring >= 3:1 (WCAG 2.2 AA);
 *  - green, orange and red stay apart under simulated protanopia and deuteranopia, and never carry meaning without a shape.
 */
export type Mode = 'light' | 'dark';

/** What a status colour consists of. `fg` is for text and glyphs, `bg` and `line` for quiet panels only. */
export interface Tone {
  readonly fg: string;
  readonly bg: string;
  readonly line: string;
}

/**
 * done    the counterpart has signed for it, or a check has passed (always with time and source)
 * waiting on its way, needs us, or cannot be decided
 * failed  refused, tampered, overdue
 * paused  a clock that its rule has stopped
 * none    draft, not checked, not applicable
 */
export type ToneName = 'done' | 'waiting' | 'failed' | 'paused' | 'none';

export interface Palette {
  /** Blue-black ink. */
  readonly brand: string;
  readonly brandHover: string;
  readonly brandActive: string;
  readonly brandSoft: string;
  readonly brandLine: string;
  /** Text on a brand-filled surface. */
  readonly onBrand: string;
  /** Surfaces, from the back: rail, page, sheet (cards, tables), raised (popover, dialog). */
  readonly rail: string;
  readonly page: string;
  readonly sheet: string;
  readonly raised: string;
  readonly hover: string;
  /** Text: first, second, third rank. There is no fourth: lighter text is not readable text. */
  readonly text: string;
  readonly text2: string;
  readonly text3: string;
  /** `line` separates content; `control` draws the edge of an input or button, so it needs 3:1. */
  readonly line: string;
  readonly control: string;
  /** Edge of a text button: its label identifies it, so 3:1 is not needed and the page stays calm. */
  readonly buttonEdge: string;
  readonly focus: string;
  /** Search hit background; text on it keeps `text`. */
  readonly mark: string;
  readonly tones: Readonly<Record<ToneName, Tone>>;
  /** Chart series in order of use: brand, second, quiet (only beside a printed number), then others. None is a status colour. */
  readonly series: readonly string[];
  readonly shadow: string;
}

/*
 * Brand: blue-black ink (蓝黑墨水). The rules for Chinese official documents asked for ink that survives filing: carbon or
 * blue-black. It reads as "signed for the record", is far from antd's #1677ff, and leaves green, orange and red to status.
 * Seal red (印泥红) is left out on purpose: in this product red means failure, and nothing drawn here may look like a 公章.
 */
export const palettes: Readonly<Record<Mode, Palette>> = {
  light: {
    brand: '#1f4a73',
    brandHover: '#2d6093',
    brandActive: '#163755',
    brandSoft: '#e0e9f4',
    brandLine: '#b7c8da',
    onBrand: '#ffffff',
    rail: '#eef1f5',
    page: '#f6f7f9',
    sheet: '#ffffff',
    raised: '#ffffff',
    hover: '#f1f4f8',
    text: '#18202b',
    text2: '#465160',
    text3: '#596474',
    line: '#e2e6ec',
    control: '#7c8695',
    buttonEdge: '#c3cbd6',
    focus: '#2d6fb3',
    mark: '#fbe7b2',
    tones: {
      done: { fg: '#0a6b5a', bg: '#e7f3f0', line: '#a8d1c6' },
      waiting: { fg: '#925800', bg: '#fdf3e1', line: '#e9c88c' },
      failed: { fg: '#a3123a', bg: '#fcecf0', line: '#ebb3c0' },
      paused: { fg: '#4a5a86', bg: '#eef1f8', line: '#bfc9e0' },
      none: { fg: '#596474', bg: '#f1f3f6', line: '#d3d9e1' },
    },
    series: ['#1f4a73', '#5b8dbf', '#a9bfd6', '#7a6c9d', '#c3b8d6', '#8b95a3'],
    shadow: '0 8px 28px rgba(20, 32, 48, .16), 0 1px 3px rgba(20, 32, 48, .10)',
  },
  dark: {
    brand: '#6b9dd3',
    brandHover: '#8ab4e0',
    brandActive: '#5488c0',
    brandSoft: '#1f2f41',
    brandLine: '#37536f',
    onBrand: '#0c141d',
    rail: '#101419',
    page: '#14181e',
    sheet: '#1a1f27',
    raised: '#222932',
    hover: '#222832',
    text: '#e6eaf0',
    text2: '#b4bdc9',
    text3: '#95a0ae',
    line: '#2b323c',
    control: '#6f7a89',
    buttonEdge: '#434d5a',
    focus: '#8ab4e0',
    mark: '#5a4613',
    tones: {
      done: { fg: '#5fc8ae', bg: '#15302b', line: '#28584d' },
      waiting: { fg: '#e6b052', bg: '#32270f', line: '#5f4919' },
      failed: { fg: '#ff8d8a', bg: '#3a1c1f', line: '#6e3034' },
      paused: { fg: '#a8b6da', bg: '#222a3b', line: '#3d4a68' },
      none: { fg: '#95a0ae', bg: '#232932', line: '#3a434f' },
    },
    series: ['#6b9dd3', '#4675a3', '#2f4863', '#9c8cc4', '#6a5f8a', '#7b8694'],
    shadow: '0 8px 28px rgba(0, 0, 0, .5), 0 0 0 1px rgba(255, 255, 255, .06)',
  },
};

/**
 * Sans per OS. The Latin face comes first for its digits, the Chinese face is named outright: on Linux an unnamed fallback
 * gives Japanese forms of 直, 骨 and 令, which is a misspelt name in a legal document.
 */
export const fontSans = [
  '-apple-system',
  '"Segoe UI"',
  'Ubuntu',
  'Cantarell',
  '"PingFang SC"',
  '"Microsoft YaHei UI"',
  '"Microsoft YaHei"',
  '"Noto Sans CJK SC"',
  '"Source Han Sans SC"',
  'sans-serif',
].join(', ');
/** Song type: only for words that get signed, and for print. Never for controls, never under 15 px. */
export const fontSerif = '"Songti SC", "STZhongsong", "SimSun", "Noto Serif CJK SC", "Source Han Serif SC", serif';
/** Digests, serial numbers, identifiers. */
export const fontMono = '"SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace';

/** [size, line height] in px. 12 is the floor: smaller Chinese text blurs at 100 % scaling on Windows. */
export const type = {
  meta: [12, 18],
  table: [13, 20],
  body: [14, 22],
  section: [15, 24],
  title: [20, 28],
  figure: [26, 32],
  signed: [16, 28],
} as const;

/** 4 px grid. */
export const space = { xs: 4, sm: 8, md: 12, lg: 16, xl: 24, xxl: 32 } as const;
export const radius = { control: 4, card: 6, dialog: 8 } as const;
export const size = {
  control: 32,
  controlSmall: 24,
  row: 40,
  rowTwoLines: 48,
  topBar: 48,
  rail: 176,
  railCollapsed: 56,
  aside: 336,
  /** WCAG 2.2 target size (2.5.8). */
  target: 24,
} as const;
/** Milliseconds. Nothing moves longer than 200 ms and nothing moves at all under prefers-reduced-motion. */
export const motion = { quick: 80, base: 140, slow: 200, ease: 'cubic-bezier(.2, 0, 0, 1)' } as const;

/** CSS custom properties for our own parts: `--lp-text`, `--lp-done-fg` … */
export function cssVariables(mode: Mode): string {
  const { tones, series: _series, ...flat } = palettes[mode];
  const lines = Object.entries(flat).map(([k, v]) => `--lp-${k}:${v}`);
  for (const [name, tone] of Object.entries(tones)) {
    for (const [part, v] of Object.entries(tone)) lines.push(`--lp-${name}-${part}:${v}`);
  }
  lines.push(`--lp-sans:${fontSans}`, `--lp-serif:${fontSerif}`, `--lp-mono:${fontMono}`);
  return `:root{color-scheme:${mode};${lines.join(';')}}`;
}
