import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { releaseMemory } from '../../../electron/files/release-memory.ts';

test('a buffer that has its memory for itself gives it back', () => {
  const buffer = Buffer.allocUnsafeSlow(1_000);
  releaseMemory(buffer);
  expect(buffer.length).toBe(0);
});

test('one that shares its memory keeps it: another buffer would lose its bytes', () => {
  const whole = Buffer.allocUnsafeSlow(1_000).fill(7);
  releaseMemory(whole.subarray(0, 999));
  expect(createHash('sha256').update(whole).digest('hex')).toBe(
    createHash('sha256').update(Buffer.alloc(1_000, 7)).digest('hex'),
  );
  const pooled = Buffer.from('pooled');
  releaseMemory(pooled);
  expect(pooled.toString()).toBe('pooled');
  const shared = Buffer.from(new SharedArrayBuffer(8));
  releaseMemory(shared);
  expect(shared.length).toBe(8);
});
