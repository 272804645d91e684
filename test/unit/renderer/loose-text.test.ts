// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the samples are source code
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findLooseText } from './find-loose-text.ts';

const RENDERER = fileURLToPath(new URL('../../../renderer', import.meta.url));
const FILES = readdirSync(RENDERER, { recursive: true })
  .map(String)
  .filter((name) => /(?<!\.d)\.tsx?$/.test(name));

describe('the window says nothing that is not in shared/i18n', () => {
  test('there are files to look at', () => {
    expect(FILES.length).toBeGreaterThan(50);
  });

  test.each(FILES)('%s', (name) => {
    expect(findLooseText(name, readFileSync(join(RENDERER, name), 'utf8'))).toEqual([]);
  });
});

describe('the finder sees', () => {
  test.each([
    ['words between tags', 'export const a = <p>Hello</p>;'],
    ['words in braces between tags', "export const a = <p>{'Hello'}</p>;"],
    ['a template between tags', 'export const a = <p>{`Hello ${1}`}</p>;'],
    ['an attribute that is read out', 'export const a = <p title="Hello" />;'],
    ['an attribute in braces', "export const a = <p aria-label={'Hello'} />;"],
    ['a property of options', "export const a = { label: 'Hello' };"],
    ['Chinese anywhere', "export const a = ['确定'];"],
  ])('%s', (_what, source) => {
    expect(findLooseText('a.tsx', source)).toHaveLength(1);
  });

  test.each([
    ['signs', 'export const a = <p> · ↑</p>;'],
    ['comments', '/** 机构 */ export const a = 1;'],
    ['class names and keys', 'export const a = <p className="home" key={`a-${1}`}>{t(\'window.title\')}</p>;'],
    ['an example of an address', 'export const a = <input placeholder="crl.example.org" />;'],
  ])('and leaves alone %s', (_what, source) => {
    expect(findLooseText('a.tsx', source)).toEqual([]);
  });
});
