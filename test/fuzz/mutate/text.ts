import type { Random } from '../random.ts';

type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

const JSON_VALUES: readonly Value[] = [
  ...[null, true, 0, -1, 1, 1.5, 1e308, 2 ** 53 + 2, 2 ** 53, '', 'a', '\u0000', '\ud800', '\u202e', 'x'.repeat(5000)],
  ...[[], {}, { ['__proto__']: 1 }, { constructor: 1 }, Array(3000).fill(0)],
];
const JSON_RAW = [
  '{"a":1,"a":2}',
  '1e999',
  '-0',
  '"\\ud800"',
  '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[',
  'NaN',
  '\ufeff',
  '\u0000',
  ',',
  '}',
];

/** JSON that still parses, one value another; or text that no longer does. */
export function mutateJson(bytes: Buffer, random: Random): Buffer {
  if (random.oneIn(4)) return splice(bytes, JSON_RAW, random);
  const value = JSON.parse(bytes.toString('utf8')) as Value;
  const places = placesOf(value);
  if (places.length === 0) return bytes;
  const { holder, key } = random.pick(places);
  const other = random.pick(places);
  const replacement = random.oneIn(2) ? random.pick(JSON_VALUES) : (structuredClone(valueAt(other)) as Value);
  const choice = random.below(5);
  if (Array.isArray(holder)) {
    if (choice === 0) holder.splice(Number(key), 1);
    else if (choice === 1) holder.push(replacement);
    else holder[Number(key)] = replacement;
  } else if (choice === 0) delete holder[key];
  else if (choice === 1) holder[`${key}x`] = replacement;
  else Object.defineProperty(holder, key, { value: replacement, enumerable: true, configurable: true, writable: true });
  return Buffer.from(JSON.stringify(value), 'utf8');
}

interface Place {
  readonly holder: Value[] | { [key: string]: Value };
  readonly key: string;
}

const valueAt = ({ holder, key }: Place): Value => (Array.isArray(holder) ? holder[Number(key)] : holder[key]) ?? null;

function placesOf(value: Value): Place[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, child]) => [{ holder: value, key }, ...placesOf(child)]);
}

const XML_TOKENS = [
  ...[
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '&b;',
    '&#0;',
    '&#x110000;',
    '&lt;',
    '<![CDATA[x]]>',
    '<?xml version="1.0"?>',
    '<?pi?>',
    '<!-- -->',
  ],
  ...[
    '<a>',
    '</a>',
    '<a/>',
    '<a:b xmlns:a="x"/>',
    ' xmlns="x"',
    ' URI="../x"',
    ' URI="%2e%2e/x"',
    ' URI="a%00b"',
    '\u0000',
    '\ufeff',
  ],
  ...[
    '<a>'.repeat(2000),
    ' a="b"'.repeat(3000),
    '<asic:SigReference URI="x"/>',
    '<ds:DigestValue>AAAA</ds:DigestValue>',
  ],
];

/** XML with foreign tokens in it, and elements twice, missing or in another order. */
export function mutateXml(bytes: Buffer, random: Random): Buffer {
  if (random.oneIn(2)) return splice(bytes, XML_TOKENS, random);
  const parts = bytes.toString('utf8').split(/(?=<)/);
  const at = random.below(parts.length);
  const choice = random.below(4);
  if (choice === 0) parts.splice(at, 1 + random.below(3));
  else if (choice === 1) parts.splice(at, 0, ...parts.slice(at, at + 1 + random.below(5)));
  else if (choice === 2) parts.push(...parts.splice(at, 1));
  else
    parts[at] = (parts[at] ?? '').replace(
      /"[^"]*"/,
      () => `"${random.pick(['', 'x', '../x', '%', '%zz', 'a'.repeat(3000), '&#9;'])}"`,
    );
  return Buffer.from(parts.join(''), 'utf8');
}

function splice(bytes: Buffer, tokens: readonly string[], random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  const to = random.oneIn(2) ? at : Math.min(bytes.length, at + random.below(20));
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(tokens), 'utf8'), bytes.subarray(to)]);
}
