/** CRC-32 of ISO 3309 as node:zlib has it. Nothing is inflated here: a bundle has nothing to inflate. */
const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

export function crc32(data: Uint8Array, start = 0): number {
  let crc = ~start >>> 0;
  for (let index = 0; index < data.length; index++) {
    crc = (TABLE[(crc ^ (data[index] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
