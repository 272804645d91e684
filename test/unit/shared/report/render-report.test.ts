import { describe, expect, test } from 'vitest';
import { palettes } from '../../../../shared/design/tokens.ts';
import { page, report, signer } from './report-material.ts';

const NASTY = '<script>alert(1)</script>"\'&<img src=x onerror=alert(1)>';
const withName = (name: string) =>
  report({
    signers: [signer({ subject: `CN=${name}`, path: [`CN=${name}`, 'CN=root'], timestampAuthority: `CN=${name}` })],
    documents: [{ name, mediaType: null, size: 1, sha256: report().documents[0]?.sha256 as never }],
    checks: [{ id: 'certificate-found', ok: true, detail: name, signature: 0 }],
  });

describe('what others wrote', () => {
  test.each(['zh-CN', 'en'] as const)('becomes markup (%s)', (language) => {
    const html = page(withName(NASTY), language, true, NASTY);
    expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>/i);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('turns the direction of the page, or hides', () => {
    const html = page(withName('fdp.\u202eexe\u200b\u0007'));
    expect(html).not.toMatch(/[\u202e\u200b\u0007]/);
    for (const code of ['U+202E', 'U+200B', 'U+0007']) expect(html).toContain(code);
  });

  test('passes for what it is not', () => {
    expect(page(withName('p\u0430ypal'))).toContain('\u0430<small>U+0430</small>');
    expect(page(withName('\u0441\u043e\u0440\u0443'))).toContain('U+0441');
    expect(page(withName('Москва'))).not.toContain('U+041C');
  });

  test('reorders what stands beside it', () => {
    expect(page(withName('אבג'))).toContain('<bdi>אבג</bdi>');
  });

  test('is spelled as English in an English page', () => {
    expect(page(withName('徽正'), 'en')).toContain('<span lang="zh-CN">徽正</span>');
  });
});

describe('the page', () => {
  const html = page(report());

  test('loads or runs something', () => {
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`);
    expect(html.replace(/<svg[^>]*>/g, '')).not.toMatch(
      /<(?:script|link|iframe|object|form|img|a)\b|url\(|@import|https?:/i,
    );
  });

  test('differs from run to run', () => {
    expect(page(report())).toBe(html);
  });

  test('has no language, no headings in order, or tables without heads', () => {
    expect(html).toContain('<html lang="zh-CN">');
    expect(page(report(), 'en')).toContain('<html lang="en">');
    const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.every((level, index) => index === 0 || level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
    for (const [row] of html.matchAll(/<tbody>[\s\S]*?<\/tbody>/g)) expect(row).toContain('scope="row"');
  });

  test('prints in colour', () => {
    const print = html.slice(html.indexOf('@media print'));
    expect(print).toContain('color:#000!important');
    expect(print.slice(0, print.indexOf('</style>'))).not.toContain(palettes.light.tones.done.fg);
  });

  test('shows every check where the simple one was asked for, or leaves one out where not', () => {
    expect(page(report(), 'zh-CN', false)).not.toContain('message-digest');
    expect(html.match(/message-digest/g)).toHaveLength(1);
  });

  test('says nothing by colour alone', () => {
    const glyphs = [...html.matchAll(/<svg class="glyph (\w+)"[^>]*aria-hidden="true"/g)];
    expect(glyphs.length).toBeGreaterThan(5);
    expect(html).toContain('有效');
  });
});
