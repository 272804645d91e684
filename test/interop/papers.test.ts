import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import jsqr from 'jsqr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderPaper } from '../../electron/papers/render-paper.ts';
import type { Paper } from '../../shared/papers/paper.ts';
import { paperText } from '../../shared/papers/paper-text.ts';
import { parseQrContent } from '../../shared/papers/qr-content.ts';
import { renderSample, SAMPLES, sampleDate, samplePaper } from '../fixtures/papers/samples.ts';
import { MATTER, SOURCES } from '../fixtures/papers/sources.ts';

/** Papers as others' tools read them: poppler, qpdf, a decoder of QR codes. */

const dir = mkdtempSync(join(tmpdir(), 'lexpost-papers-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const files = new Map<string, string>();
const fileOf = (key: string): string => files.get(key) ?? '';
beforeAll(async () => {
  for (const key of SAMPLES) files.set(key, write(key, await renderSample(key)));
});

function write(name: string, pdf: Buffer): string {
  const file = join(dir, `${name.replaceAll(' ', '-')}.pdf`);
  writeFileSync(file, pdf);
  return file;
}

/** Runs a tool that must have nothing to complain about. */
function run(tool: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  expect({ tool, status, stderr }).toEqual({ tool, status: 0, stderr: '' });
  return stdout;
}

/** Layout adds line ends and may add spaces beside Latin letters; the characters and their order must be the paper's own. */
const dense = (text: string): string => text.replace(/[\s＿\u3000]/gu, '');

describe.each(SAMPLES)('%s', (key) => {
  test('qpdf finds no fault', () => {
    expect(run('qpdf', '--check', fileOf(key))).toContain('No syntax or stream encoding errors found');
  });
  test('every font is embedded, a subset, and says what its glyphs mean', () => {
    const rows = run('pdffonts', fileOf(key)).trim().split('\n').slice(2);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows)
      expect(row).toMatch(/^[A-Z]{6}\+NotoSerif(?:SC|JP)-\S+\s+CID TrueType\s+Identity-H\s+yes yes yes/);
  });
  test('the text that comes out is the text of the paper', () => {
    const text = dense(run('pdftotext', '-raw', fileOf(key), '-'));
    const paper = samplePaper(key);
    const parts = [paper.title.join(''), ...paperText(paper).split(/[\n\t]/)].map(dense);
    for (const part of parts.filter((one) => one !== '' && !/^附件\d：/.test(one)))
      expect(holds(text, part)).toBe(true);
    for (const name of paper.attachments) expect(text).toContain(dense(name));
  });
  test('the code on the page names the matter, the message and the words', () => {
    const content = parseQrContent(readCode(fileOf(key)));
    const words = createHash('sha256')
      .update(paperText(samplePaper(key)))
      .digest('hex');
    expect(content).toEqual({ matter: MATTER, m: SOURCES[key]?.act.m, text: words.slice(0, 32) });
  });
  test('it is A4 and small', () => {
    expect(run('pdfinfo', fileOf(key))).toMatch(/Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)/);
    expect(readFileSync(fileOf(key)).length).toBeLessThan(150_000);
  });
});

/** A paragraph may be parted by the foot of its page: then both halves are there. */
function holds(text: string, part: string): boolean {
  if (text.includes(part)) return true;
  for (let cut = 1; cut < part.length; cut++) {
    if (text.includes(part.slice(0, cut)) && text.includes(part.slice(cut))) return true;
  }
  return false;
}

/** From the rendered first page, as a scanner sees it. */
function readCode(file: string): string {
  const prefix = join(dir, 'page');
  run('pdftoppm', '-r', '200', '-gray', '-f', '1', '-l', '1', '-singlefile', file, prefix);
  const pgm = readFileSync(`${prefix}.pgm`);
  const [, width = '', height = ''] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString('latin1')) ?? [];
  const count = Number(width) * Number(height);
  const grey = pgm.subarray(pgm.length - count);
  const rgba = new Uint8ClampedArray(count * 4);
  for (const [index, value] of grey.entries()) rgba.set([value, value, value, 255], index * 4);
  return jsqr.default(rgba, Number(width), Number(height))?.data ?? '';
}

describe('the same bytes everywhere', () => {
  test.each([
    { TZ: 'America/Los_Angeles', LC_ALL: 'tr_TR.UTF-8' },
    { TZ: 'Asia/Shanghai', LC_ALL: 'C' },
  ])('another process with %o', (env) => {
    const script = fileURLToPath(new URL('../fixtures/papers/print-digests.ts', import.meta.url));
    const printed = execFileSync(process.execPath, [script], { encoding: 'utf8', env: { ...process.env, ...env } });
    const here = SAMPLES.map(
      (key) =>
        `${createHash('sha256')
          .update(readFileSync(fileOf(key)))
          .digest('hex')}  ${key}\n`,
    );
    expect(printed).toBe(here.join(''));
  });
  test('another date or another word makes another file', async () => {
    const [key = ''] = SAMPLES;
    const paper = samplePaper(key);
    const first = await renderPaper(paper, sampleDate(key));
    expect((await renderPaper(paper, new Date(0))).equals(first)).toBe(false);
    expect((await renderPaper({ ...paper, issuer: `${paper.issuer}甲` }, sampleDate(key))).equals(first)).toBe(false);
  });
});

describe('the foot of the page', () => {
  const textOf = async (reference: Paper['reference']): Promise<string> => {
    const paper: Paper = { ...samplePaper('aid-granted'), reference };
    return run('pdftotext', '-raw', write('foot', await renderPaper(paper, new Date(0))), '-');
  };
  test('a draft says that it is one, and has no code', async () => {
    expect(await textOf('draft')).toContain('草稿，尚未签署');
    expect(readCode(join(dir, 'foot.pdf'))).toBe('');
  });
  test('what no message carries names none', async () => {
    const text = await textOf(null);
    expect(text).toContain('文字核验码');
    expect(text).not.toMatch(/草稿|扫码|事项 /);
  });
});

describe('hard words', () => {
  const letter = (words: string): Paper => ({
    ...samplePaper('reading-application'),
    addressee: null,
    blocks: [{ kind: 'paragraph', text: [words], indent: 2 }],
    attachments: [],
    signature: null,
  });
  test.each([
    ['characters of extension B and C, set from two fonts', '䶮𠮷𫖯喆堃赟祎𬭎𨱏'],
    ['a character that no font has comes out as itself', '某\u{2a6d6}某\u{3106c}字'],
    ['boxes, ticked and not', '☑是□否'],
    ['a variation of a character', '葛\u{e0100}某'],
    ['one glyph for two characters', '⼀一⼆二'],
    ['minority names', '阿依努尔·买买提、古丽巴哈尔·吐尔逊'],
    ['300 characters of one name', '长'.repeat(300)],
    ['punctuation and Latin', '“引号”——……《书名》【括】No.5, Rev. B (§3) № 2026'],
  ])('%s', async (_, words) => {
    const file = write('hard', await renderPaper(letter(words), new Date(0)));
    // poppler itself writes compatibility characters as the plain ones
    expect(dense(run('pdftotext', '-raw', file, '-')).normalize('NFKC')).toContain(dense(words).normalize('NFKC'));
    run('pdftoppm', '-r', '40', '-png', file, join(dir, 'hard'));
  });
  test.each(['firm-letter', 'notarization-accepted', 'cooperation-letter', 'pledge'])(
    '%s signed by a name longer than a line, under a number as long, loses none of it and stays within its margins',
    async (key) => {
      const office = '新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县'.repeat(4);
      const paper = samplePaper(key);
      const { signature } = paper;
      if (signature === null) throw new Error(key);
      const number = paper.number === null ? null : { label: '', value: `示${'援'.repeat(60)}〔2026〕12号` };
      const long = { ...paper, issuer: office, number, signature: { ...signature, lines: [[office]] } };
      const file = write('signature', await renderPaper(long, new Date(0)));
      const text = dense(run('pdftotext', '-raw', file, '-'));
      expect(text).toContain(`${office}${signature.sealMark ?? ''}${dense(signature.date.join(''))}`);
      if (number !== null) expect(text).toContain(number.value);
      const words = [
        ...run('pdftotext', '-bbox', file, '-').matchAll(/<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)"/g),
      ];
      const edges = words.map(([, from, to]) => [Number(from), Number(to)] as const);
      expect(Math.min(...edges.map(([from]) => from))).toBeGreaterThan(72);
      expect(Math.max(...edges.map(([, to]) => to))).toBeLessThan(595 - 66);
    },
  );
  test('a row higher than a page breaks and loses nothing', async () => {
    const words = Array.from({ length: 3_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    const table = { kind: 'table', columns: [1, 3], rows: [[{ text: ['说明'] }, { text: [words] }]] } as const;
    const file = write('row', await renderPaper({ ...letter(''), style: 'form', blocks: [table] }, new Date(0)));
    const text = dense(run('pdftotext', '-raw', file, '-'));
    for (let at = 0; at < words.length; at += 10) expect(text).toContain(words.slice(at, at + 1));
    expect(Number(/Pages:\s+(\d+)/.exec(run('pdfinfo', file))?.[1])).toBeGreaterThan(2);
  });
});
