import { expect, test } from 'vitest';
import { parseQrContent, writeQrContent } from '../../../shared/papers/qr-content.ts';
import { MATTER } from '../../fixtures/papers/sources.ts';

const content = { matter: MATTER, m: 'ab'.repeat(32), text: 'cd'.repeat(16) };

test('what is written is read', () => {
  expect(parseQrContent(writeQrContent(content))).toEqual(content);
});
test.each([
  'https://example.org/',
  `lexpost:v2?matter=${MATTER}&m=${content.m}&text=${content.text}`,
  `${writeQrContent(content)}&open=1`,
  `lexpost:v1?matter=${MATTER}&m=${content.m}`,
  '',
])('not ours: %s', (text) => {
  expect(parseQrContent(text)).toBeNull();
});
