import { derLength } from '../../../electron/pki/asn1/der-writer.ts';
import type { Random } from '../random.ts';

/** A TLV taken apart; lengths are made anew when it is written, so that only the change itself is wrong. */
type Node = { tag: number; value: Buffer; children: Node[] | null; lie: Buffer | null };

const MAX_NODES = 20_000;

export function mutateDer(bytes: Buffer, random: Random): Buffer {
  const roots = parse(bytes, 0);
  if (roots === null) return bytes;
  const all = flatten(roots);
  for (let left = 1 + random.below(2); left > 0; left--) change(random.pick(all), all, random);
  return Buffer.concat(roots.map(write));
}

function parse(bytes: Buffer, depth: number): Node[] | null {
  const nodes: Node[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const first = bytes[offset + 1];
    if (first === undefined || first === 0x80 || depth > 40 || nodes.length > MAX_NODES) return null;
    const count = first < 0x80 ? 0 : first & 0x7f;
    if (count > 6 || offset + 2 + count > bytes.length) return null;
    const length = count === 0 ? first : bytes.readUIntBE(offset + 2, count);
    const start = offset + 2 + count;
    if (start + length > bytes.length) return null;
    const tag = bytes.readUInt8(offset);
    const value = bytes.subarray(start, start + length);
    nodes.push({ tag, value, children: inside(tag, value, depth), lie: null });
    offset = start + length;
  }
  return nodes;
}

/** Constructed values, and DER that hides in an OCTET STRING, as PKCS#12 and extensions have it. */
function inside(tag: number, value: Buffer, depth: number): Node[] | null {
  if ((tag & 0x20) !== 0) return parse(value, depth + 1);
  if (tag === 0x04 && value.length > 2 && value[0] === 0x30 && value.length < 65_536) return parse(value, depth + 1);
  return null;
}

function flatten(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node) => [node, ...(node.children === null ? [] : flatten(node.children))]);
}

function write({ tag, value, children, lie }: Node): Buffer {
  const content = children === null ? value : Buffer.concat(children.map(write));
  return Buffer.concat([Buffer.from([tag]), lie ?? derLength(content.length), content]);
}

const TAGS = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x17, 0x18, 0x1e, 0x24, 0x30, 0x31, 0x80, 0x82, 0xa0, 0xa1, 0xa3,
  0xbf,
];
const NUMBERS = [
  '00',
  '01',
  '7f',
  '80',
  'ff',
  '0080',
  '00ffff',
  '7fffffff',
  '0080000000',
  '007fffffffffffffff',
  '00'.repeat(40),
  'ff'.repeat(200),
];

const CHANGES: readonly ((node: Node, all: readonly Node[], random: Random) => void)[] = [
  function otherTag(node, _all, random) {
    node.tag = random.oneIn(2) ? random.pick(TAGS) : node.tag ^ (1 << random.below(8));
  },
  function otherNumber(node, _all, random) {
    node.children = null;
    node.value = Buffer.from(random.pick(NUMBERS), 'hex');
  },
  function otherByte(node, _all, random) {
    if (node.children !== null || node.value.length === 0) return;
    node.value = Buffer.from(node.value);
    node.value[random.below(node.value.length)] = random.below(256);
  },
  function otherLengthOfValue(node, _all, random) {
    node.children = null;
    node.value = random.oneIn(2)
      ? node.value.subarray(0, random.below(node.value.length))
      : Buffer.concat([node.value, random.bytes(3)]);
  },
  function lostChild(node, _all, random) {
    node.children?.splice(random.below(node.children.length), 1);
  },
  function doubleChild(node, _all, random) {
    if (node.children === null || node.children.length === 0) return;
    const child = random.pick(node.children);
    const times = random.oneIn(8) ? 200 : 1;
    for (let count = 0; count < times; count++) node.children.push(child);
  },
  function orderOfChildren(node, _all, random) {
    if (node.children !== null && node.children.length > 1)
      node.children.push(...node.children.splice(0, 1 + random.below(node.children.length)));
  },
  function foreignContent(node, all, random) {
    const other = random.pick(all);
    node.value = other.value;
    // A copy as bytes: sharing the children could tie a node to itself
    node.children = null;
    if (random.oneIn(2)) node.tag = other.tag;
  },
  function deep(node, _all, random) {
    let inner = Buffer.concat(node.children === null ? [node.value] : node.children.map(write));
    for (let depth = 1 + random.below(100); depth > 0; depth--)
      inner = Buffer.concat([Buffer.from([0x30]), derLength(inner.length), inner]);
    node.children = null;
    node.value = inner;
  },
  function lyingLength(node, _all, random) {
    node.lie = random.pick([
      Buffer.from([0x80]),
      Buffer.from([0x00]),
      Buffer.from([0x81, 0x05]),
      Buffer.from([0x84, 0x7f, 0xff, 0xff, 0xff]),
      Buffer.from([0x86, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from([0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from([random.below(256)]),
    ]);
  },
];

function change(node: Node, all: readonly Node[], random: Random): void {
  random.pick(CHANGES)(node, all, random);
}
