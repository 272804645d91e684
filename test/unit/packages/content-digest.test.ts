import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type ContentDigest, localDigest } from '../../../electron/packages/content-digest.ts';
import { workerDigest } from '../../../electron/packages/worker-digest.ts';

const BUFFER = 1_000;
const makers: readonly [string, () => ContentDigest][] = [
  ['in this thread', () => localDigest(BUFFER)],
  ['in a thread of its own', () => workerDigest(BUFFER)],
];
const bytesOf = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, index) => (index * 7) % 251));
const sha256 = (bytes: Buffer): string => hash('sha256', bytes);

async function fill(digest: ContentDigest, content: Buffer): Promise<void> {
  for (let at = 0; at < content.length; at += BUFFER) {
    const buffer = await digest.buffer();
    digest.update(buffer, content.copy(buffer, 0, at, at + BUFFER));
  }
}

describe.each(makers)('digests %s', (_, make) => {
  test('through buffers, of one content after the other, more than there are buffers', async () => {
    const digest = make();
    const contents = [bytesOf(25_300), Buffer.alloc(0), bytesOf(3), bytesOf(BUFFER), bytesOf(2 * BUFFER)];
    const results: Promise<string>[] = [];
    for (const content of contents) {
      await fill(digest, content);
      results.push(digest.finish());
    }
    expect(await Promise.all(results)).toEqual(contents.map(sha256));
    digest.close();
  });

  test('in pieces of any length, with and without waiting until it is ready', async () => {
    const content = bytesOf(40_000);
    for (const wait of [true, false]) {
      const digest = make();
      for (let at = 0; at < content.length; at += 333) {
        digest.write(content, at, Math.min(at + 333, content.length));
        if (wait) await digest.ready();
      }
      expect(await digest.finish()).toBe(sha256(content));
      digest.close();
    }
  });

  test('a piece that is changed after it was written does not change the digest', async () => {
    const digest = make();
    const piece = bytesOf(7_900);
    const expected = sha256(piece);
    digest.write(piece, 0, piece.length);
    piece.fill(0);
    expect(await digest.finish()).toBe(expected);
    digest.close();
  });

  test('work that was given up leaves nothing to the next', async () => {
    const given = make();
    await fill(given, bytesOf(1_500));
    given.write(bytesOf(10), 0, 10);
    given.close();
    const next = make();
    await fill(next, bytesOf(2_000));
    expect(await next.finish()).toBe(sha256(bytesOf(2_000)));
    next.close();
    // The thread of the one before is taken again, in the middle of nothing
    const again = make();
    expect(await again.finish()).toBe(sha256(Buffer.alloc(0)));
    again.close();
  });
});

test('a closed digest gives no more answers, and keeps nobody waiting', async () => {
  const digest = workerDigest(BUFFER);
  for (let slot = 0; slot < 6; slot++) await digest.buffer();
  const waiting = digest.buffer();
  digest.close();
  await expect(waiting).rejects.toThrow('INTERNAL');
  await expect(digest.finish()).rejects.toThrow('INTERNAL');
});
