import { describe, expect, test } from 'vitest';
import { breakLines, type Line } from '../../../electron/papers/break-lines.ts';
import { openFonts } from '../../../electron/papers/font-set.ts';
import type { Text } from '../../../shared/papers/paper.ts';

const fonts = openFonts();
const SIZE = 10;

const textOf = ({ items }: Line): string =>
  items.map((item) => (item.kind === 'unit' ? item.unit.text : '＿')).join('');
const lines = (text: Text, ems: number, more: { indent?: number; hanging?: number } = {}): string[] =>
  breakLines(text, { fonts, weight: 'regular', size: SIZE, width: ems * SIZE, ...more }).map(textOf);

describe('lines of Chinese text', () => {
  test('a full line is filled, and the next begins with what is left', () => {
    expect(lines(['一二三四五六七'], 5)).toEqual(['一二三四五', '六七']);
  });
  test('a stop hangs into the margin rather than beginning a line', () => {
    expect(lines(['一二三四五。六'], 5.5)).toEqual(['一二三四五。', '六']);
  });
  test('where it cannot hang, the character before it goes along', () => {
    expect(lines(['一二三四五？六七'], 5)).toEqual(['一二三四', '五？六七']);
  });
  test('an opening bracket never ends a line', () => {
    expect(lines(['一二三四（五六）'], 5)).toEqual(['一二三四', '（五六）']);
  });
  test.each([
    ['依照〔2026〕12号', '〔2026〕12号'],
    ['自于2026年施行', '2026年'],
    ['共有三卷1—12卷', '1—12卷'],
    ['证号13401201810000001', '13401201810000001'],
  ])('%s: a number stays whole', (text, whole) => {
    for (let ems = 10; ems < 16; ems += 0.5) expect(lines([text], ems).some((line) => line.includes(whole))).toBe(true);
  });
  test('a digest that is longer than a line is cut into equal halves', () => {
    const digest = '0123456789abcdef'.repeat(4);
    expect(lines([digest], 22)).toEqual([digest.slice(0, 32), digest.slice(32)]);
  });
  test('no character is lost or doubled, whatever the width', () => {
    const text = '申请人䶮𠮷·阿卜杜勒（居民身份证320102199003070038），于2026年3月5日提交“申请”……附件A-1.pdf。';
    for (let ems = 1; ems < 60; ems += 0.7) expect(lines([text], ems).join('')).toBe(text);
  });
  test('300 characters without a break still break', () => {
    const broken = lines(['a'.repeat(300)], 10);
    expect(broken.join('')).toBe('a'.repeat(300));
    expect(broken.length).toBeGreaterThan(10);
  });
  test('a place to fill in keeps its width', () => {
    const [line] = breakLines(['姓名：', { blank: 4 }], { fonts, weight: 'regular', size: SIZE, width: 100 });
    expect(line?.items.at(-1)?.width).toBe(40);
  });
});
