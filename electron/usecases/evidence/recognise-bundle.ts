import { roleOf } from '../../evidence/bundle-manifest.ts';
import { type ByteSource, readRange } from '../../files/bytes.ts';

const LOCAL_HEADER = 30;
const LONGEST_NAME = 200;

/** Whether a file begins as a bundle does, by the name of its first entry (APPNOTE 4.3.7). Says nothing of what it is worth: a broken bundle is one too. */
export async function recogniseBundle(source: ByteSource): Promise<boolean> {
  const head = await readRange(source, 0, LOCAL_HEADER + LONGEST_NAME);
  if (head.length < LOCAL_HEADER || head.toString('latin1', 0, 4) !== 'PK\u0003\u0004') return false;
  return roleOf(head.toString('utf8', LOCAL_HEADER, LOCAL_HEADER + head.readUInt16LE(26))) !== null;
}
