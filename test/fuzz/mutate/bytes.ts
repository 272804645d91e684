import type { Random } from '../random.ts';

const INTERESTING = [0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x88, 0xfe, 0xff, 0x30, 0xa0, 0x24, 0x04];

type Mutator = (bytes: Buffer, random: Random) => Buffer;

const span = (bytes: Buffer, random: Random): [number, number] => {
  const from = random.below(bytes.length);
  const longest = random.oneIn(4) ? bytes.length - from : Math.min(32, bytes.length - from);
  return [from, from + 1 + random.below(longest)];
};

const MUTATORS: readonly Mutator[] = [
  function flipBit(bytes, random) {
    const at = random.below(bytes.length);
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    return copy;
  },
  function setByte(bytes, random) {
    const copy = Buffer.from(bytes);
    copy[random.below(bytes.length)] = random.oneIn(2) ? random.pick(INTERESTING) : random.below(256);
    return copy;
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, random.below(bytes.length));
  },
  function append(bytes, random) {
    return Buffer.concat([bytes, random.bytes(1 + random.below(64))]);
  },
  function insert(bytes, random) {
    const at = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.below(8)), bytes.subarray(at)]);
  },
  function remove(bytes, random) {
    const [from, to] = span(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  function repeat(bytes, random) {
    const [from, to] = span(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  function swap(bytes, random) {
    const [from, to] = span(bytes, random);
    const [, end] = span(bytes.subarray(from), random);
    const middle = Math.min(to, from + end);
    return Buffer.concat([
      bytes.subarray(0, from),
      bytes.subarray(middle, to),
      bytes.subarray(from, middle),
      bytes.subarray(to),
    ]);
  },
  function zero(bytes, random) {
    const [from, to] = span(bytes, random);
    return Buffer.from(bytes).fill(0, from, to);
  },
];

/** One to four changes that know nothing of the format. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  let mutated = bytes;
  for (let left = 1 + (random.oneIn(2) ? 0 : random.below(4)); left > 0 && mutated.length > 0; left--) {
    mutated = random.pick(MUTATORS)(mutated, random);
  }
  return mutated;
}
