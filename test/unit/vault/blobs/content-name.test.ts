import { describe, expect, test } from 'vitest';
import { createContentNamer } from '../../../../electron/vault/blobs/content-name.ts';

const KEY = Buffer.alloc(32, 5);
const nameOf = (chunks: readonly Buffer[], key = KEY): string => {
  const namer = createContentNamer(key);
  let size = 0;
  for (const chunk of chunks) {
    namer.update(chunk);
    size += chunk.length;
  }
  return namer.name(size);
};
const content = Buffer.from('the same content, however it is cut into pieces');

describe('the name of a content', () => {
  test('does not depend on how it came', () => {
    const name = nameOf([content]);
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    for (let cut = 0; cut <= content.length; cut++) {
      expect(nameOf([content.subarray(0, cut), content.subarray(cut)])).toBe(name);
    }
    expect(nameOf(Array.from(content, (byte) => Buffer.from([byte])))).toBe(name);
  });

  test('changes with any bit of it', () => {
    const names = new Set([nameOf([content])]);
    for (let bit = 0; bit < content.length * 8; bit++) {
      const changed = Buffer.from(content);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      names.add(nameOf([changed]));
    }
    expect(names.size).toBe(content.length * 8 + 1);
  });

  test('tells zeros of different lengths apart', () => {
    const names = [0, 1, 15, 16, 17, 32, 4096].map((size) => nameOf([Buffer.alloc(size)]));
    expect(new Set(names).size).toBe(names.length);
  });

  test('says nothing to who lacks the key', () => {
    expect(nameOf([content], Buffer.alloc(32, 6))).not.toBe(nameOf([content]));
  });
});
