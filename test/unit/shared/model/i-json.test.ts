import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseIJson } from '../../../../shared/model/i-json.ts';

const refused = (text: string) => () => parseIJson(text);

describe('I-JSON (RFC 7493)', () => {
  test('reads what JSON.parse reads, for every value within the profile', () => {
    const inProfile = (value: unknown): boolean =>
      typeof value === 'number'
        ? Math.abs(value) <= Number.MAX_SAFE_INTEGER
        : typeof value === 'string'
          ? value.isWellFormed()
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
});
