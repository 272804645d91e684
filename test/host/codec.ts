/**
 * JSON for what structured clone carries and JSON does not. It runs on both sides: the host calls it, and its source is put into the page, so it may name
 * nothing outside itself.
 */
export interface Codec {
  pack(value: unknown): unknown;
  unpack(value: unknown): unknown;
}

export function createCodec(): Codec {
  const TAG = '$type';
  type Tagged = Record<string, unknown>;
  const tagged = (type: string, value?: unknown): Tagged => ({ [TAG]: type, value });
  // biome-ignore lint/suspicious/noExplicitAny: newer than the types of this project
  const bytes = Uint8Array as any;
  const toText = (view: Uint8Array): string => {
    if (typeof Buffer !== 'undefined')
      return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('base64');
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return (view as any).toBase64();
  };
  const fromText = (text: string): Uint8Array =>
    typeof Buffer !== 'undefined' ? new Uint8Array(Buffer.from(text, 'base64')) : bytes.fromBase64(text);

  const packObject = (value: object): unknown => {
    if (value instanceof Promise) throw new Error('An object could not be cloned.');
    if (value instanceof Date) return tagged('Date', value.getTime());
    if (value instanceof Error) return tagged('Error', { name: value.name, message: value.message });
    if (value instanceof Map)
      return tagged(
        'Map',
        [...value].map(([key, held]) => [pack(key), pack(held)]),
      );
    if (value instanceof Set) return tagged('Set', [...value].map(pack));
    if (value instanceof ArrayBuffer) return tagged('ArrayBuffer', toText(new Uint8Array(value)));
    if (ArrayBuffer.isView(value))
      return tagged('Bytes', toText(new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength)));
    if (Array.isArray(value)) return value.map(pack);
    const plain = Object.fromEntries(Object.entries(value).map(([key, held]) => [key, pack(held)]));
    return TAG in plain ? tagged('Object', plain) : plain;
  };
  const pack = (value: unknown): unknown => {
    if (value === undefined) return tagged('undefined');
    if (typeof value === 'bigint') return tagged('bigint', String(value));
    if (typeof value === 'number' && !Number.isFinite(value)) return tagged('number', String(value));
    if (typeof value === 'function' || typeof value === 'symbol') throw new Error('An object could not be cloned.');
    return value === null || typeof value !== 'object' ? value : packObject(value);
  };
  const unpackPlain = (value: object): object =>
    Object.fromEntries(Object.entries(value).map(([key, held]) => [key, unpack(held)]));
  const unpack = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(unpack);
    // biome-ignore lint/suspicious/noExplicitAny: what pack() wrote
    const held = (value as any).value;
    switch ((value as Tagged)[TAG]) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(held);
      case 'number':
        return Number(held);
      case 'Date':
        return new Date(held);
      case 'Error':
        return Object.assign(new Error(held.message), { name: held.name });
      case 'Map':
        return new Map(held.map(([key, item]: [unknown, unknown]) => [unpack(key), unpack(item)]));
      case 'Set':
        return new Set(held.map(unpack));
      case 'ArrayBuffer':
        return fromText(held).buffer;
      case 'Bytes':
        return fromText(held);
      case 'Object':
        return unpackPlain(held);
      default:
        return unpackPlain(value);
    }
  };
  return { pack, unpack };
}
