import { expect, test } from 'vitest';
import { stagedEmit } from '../../../electron/packages/staged-emit.ts';

test('pieces come out whole and in order, in chunks of the capacity, whatever their length', async () => {
  const chunks: Buffer[] = [];
  const stage = stagedEmit(10, async (chunk) => {
    chunks.push(Buffer.from(chunk));
  });
  const content = Buffer.from(Array.from({ length: 97 }, (_, index) => index));
  for (let at = 0, length = 0; at < content.length; at += length, length = (length + 1) % 24) {
    await stage.append(content, at, Math.min(at + length, content.length));
  }
  await stage.flush();
  expect(Buffer.concat(chunks)).toEqual(content);
  expect(chunks.slice(0, -1).every(({ length }) => length === 10)).toBe(true);
});

test('nothing is awaited until the capacity is reached', () => {
  const stage = stagedEmit(10, async () => {});
  expect(stage.append(Buffer.alloc(9))).toBeNull();
  expect(stage.append(Buffer.alloc(1))).not.toBeNull();
});
