import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../../shared/limits.ts';
import { parseIJson } from '../../../../shared/model/i-json.ts';
import { json } from '../../../../shared/model/schemas.ts';

const refused = (text: string) => () => parseIJson(text);

describe('I-JSON (RFC 7493)', () => {
  test('reads what JSON.parse reads, for every value within the profile', () => {
    const inProfile = (value: unknown): boolean =>
      typeof value === 'number'
        ? Math.abs(value) <= Number.MAX_SAFE_INTEGER
        : typeof value === 'string'
          ? value.isWellFormed() && value !== '__proto__'
          : typeof value !== 'object' || value === null || Object.entries(value).flat().every(inProfile);
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }).filter(inProfile), (value) => {
        const text = JSON.stringify(value, null, 1);
        expect(parseIJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
  test.each([
    ['a duplicate name', '{"a":1,"a":2}'],
    ['a duplicate name behind an escape', '{"a":1,"\\u0061":2}'],
    ['a duplicate name deep inside', '{"x":[{"b":{"c":1,"c":1}}]}'],
    ['a name that schemas leave out unseen', '{"a":1,"__proto__":{"granted":true}}'],
    ['the same behind an escape', '{"a":{"\\u005f_proto__":1}}'],
    ['a lone surrogate', '{"a":"\\ud800"}'],
    ['a number over 2^53', '[9007199254740993]'],
    ['an infinite number', '[1e999]'],
    ['text after the value', '{} {}'],
    ['a trailing comma', '[1,]'],
    ['a comment', '{/**/}'],
    ['a leading zero', '[01]'],
    ['NaN', '[NaN]'],
    ['a single quote', "{'a':1}"],
    ['a raw control character', '["\u0001"]'],
    ['an empty text', ''],
    ['an unfinished object', '{"a":1'],
    ['an unfinished string', '["a'],
    ['a no-break space as white space', '\u00a0{}'],
  ])('refuses %s', (_, text) => {
    expect(refused(text)).toThrow('MESSAGE_MALFORMED');
  });
  test('refuses deep nesting before the stack is at risk', () => {
    expect(refused('['.repeat(100_000))).toThrow('MESSAGE_MALFORMED');
    expect(refused(`${'['.repeat(40)}${']'.repeat(40)}`)).toThrow('MESSAGE_MALFORMED');
    expect(() => parseIJson(`${'['.repeat(30)}${']'.repeat(30)}`)).not.toThrow();
  });
  test('a name such as constructor stays data', () => {
    const value = parseIJson('{"constructor":{"prototype":{"polluted":true}}}') as Record<string, unknown>;
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(value)).toEqual(['constructor']);
  });
  test('more values than any honest text has are not looked at', () => {
    const most = `[${'0,'.repeat(LIMITS.jsonValues - 2)}0]`;
    expect(parseIJson(most)).toHaveLength(LIMITS.jsonValues - 1);
    for (const text of [most.replace('[', '[0,'), `[${'{},'.repeat(LIMITS.jsonValues)}0]`, `{"a":${most}}`]) {
      expect(() => parseIJson(text)).toThrow('MESSAGE_MALFORMED');
    }
  });
});

describe('a value is taken for JSON', () => {
  const deep = (levels: number): unknown => Array.from({ length: levels }).reduce((inner) => [inner], 0);
  test.each([null, true, 0, 'a', [], [[1], { a: null }], { a: { b: [] } }, deep(LIMITS.nesting)])('%j', (value) => {
    expect(json.safeParse(value)).toEqual({ success: true, data: value });
  });
  test.each([
    ['nothing', undefined],
    ['no number', Number.NaN],
    ['a big integer', 1n],
    ['a function', () => 0],
    ['a date', new Date()],
    ['bytes', new Uint8Array(1)],
    ['a map', new Map()],
    ['what lies deep inside', { a: [{ b: undefined }] }],
    ['more levels than a message has', deep(LIMITS.nesting + 2)],
  ])('though it is %s', (_title, value) => {
    expect(json.safeParse(value).success).toBe(false);
  });
});
