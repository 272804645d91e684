import jsqr from 'jsqr';
import { renderSVG } from 'uqr';
import { expect, test } from 'vitest';
import type { Sha256 } from '../../../../shared/model/brand.ts';
import { parseCardCode, writeCardCode } from '../../../../shared/model/card-code.ts';
import { OFFICE } from '../../../fixtures/forms.ts';
import { pixelsOf } from '../../../fixtures/svg-code.ts';

const code = { office: OFFICE.firm, fingerprint: 'ab'.repeat(32) as Sha256 };

test('what is written is read again, also where a scanner ends it with a line feed; it is 96 characters', () => {
  expect(writeCardCode(code)).toHaveLength(96);
  expect(parseCardCode(`${writeCardCode(code)}\r\n`)).toEqual(code);
});

test('a scanner reads it from the picture', () => {
  const { rgba, size } = pixelsOf(renderSVG(writeCardCode(code), { ecc: 'M', border: 4 }));
  expect(parseCardCode(jsqr.default(rgba, size, size)?.data ?? '')).toEqual(code);
});

test.each([
  '',
  'ab'.repeat(32),
  writeCardCode(code).toUpperCase(),
  writeCardCode(code).slice(0, -1),
  `${writeCardCode(code)}0`,
  `https://example.cn/?${writeCardCode(code)}`,
  writeCardCode(code).replace(OFFICE.firm, `${OFFICE.firm.slice(0, -1)}${OFFICE.firm.endsWith('0') ? '1' : '0'}`),
])('%j is no code', (text) => {
  expect(parseCardCode(text)).toBeNull();
});
