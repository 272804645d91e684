import { expect, test } from 'vitest';
import { createPendingRequests } from '../../../../renderer/data/pending-requests.ts';

const secret = (text: string) => new TextEncoder().encode(text);

test('the same request does not begin twice before it has ended, and another one does', () => {
  const pending = createPendingRequests();
  const request = { paper: 'firm-letter', pattern: '{n}' };
  expect(pending.begin(request)).toBe(true);
  expect(pending.begin({ ...request })).toBe(false);
  expect(pending.begin({ ...request, pattern: '{year}' })).toBe(true);
  pending.end({ ...request });
  expect(pending.begin(request)).toBe(true);
});

test('a secret makes no other request, and one that was overwritten on its way ends what it began', () => {
  const pending = createPendingRequests();
  const request = { items: [{ draft: 'd' }], secret: secret('one') };
  expect(pending.begin(request)).toBe(true);
  expect(pending.begin({ ...request, secret: secret('another') })).toBe(false);
  request.secret.fill(0);
  pending.end(request);
  expect(pending.begin({ ...request, secret: secret('another') })).toBe(true);
});
