import { storedZip, type ZipEntry } from '../../fixtures/stored-zip.ts';
import type { Random } from '../random.ts';
import { mutateBytes } from './bytes.ts';
import { mutateDer } from './der.ts';
import { mutateJson, mutateXml } from './text.ts';

const NAMES = [
  ...[
    '../x',
    '/x',
    'a\\b',
    'C:x',
    'a\u0000b',
    'MIMETYPE',
    'documents/',
    'documents/1-\u202e.pdf',
    'META-INF/x',
    'META-INF/manifest.xml',
  ],
  ...[
    'META-INF/signature002.p7s',
    'META-INF/ASiCManifest002.xml',
    'message.JSON',
    'message.json',
    'e\u0301',
    '\u00e9',
    'x'.repeat(300),
  ],
];

const mutateContent = (entry: ZipEntry, random: Random): Buffer => {
  if (entry.content.length === 0 || random.oneIn(4)) return mutateBytes(entry.content, random);
  if (entry.name.endsWith('.json')) return mutateJson(entry.content, random);
  if (entry.name.endsWith('.xml')) return mutateXml(entry.content, random);
  return entry.name.endsWith('.p7s') ? mutateDer(entry.content, random) : mutateBytes(entry.content, random);
};

/** A container built anew, as its attacker would: checksums and sizes right, one entry more, less, elsewhere or other. */
export function mutateEntries(entries: readonly ZipEntry[], random: Random): Buffer {
  const changed = [...entries];
  const at = random.below(changed.length);
  const entry = changed[at];
  if (entry === undefined) return storedZip(entries);
  switch (random.below(6)) {
    case 0:
      changed.splice(at, 1);
      break;
    case 1:
      changed.splice(random.below(changed.length), 0, { name: entry.name, content: mutateContent(entry, random) });
      break;
    case 2:
      changed.push(...changed.splice(at, 1));
      break;
    case 3:
      changed[at] = { ...entry, name: random.pick(NAMES) };
      break;
    case 4:
      changed.push({ name: random.pick(NAMES), content: random.bytes(20) });
      break;
    default:
      changed[at] = { ...entry, content: mutateContent(entry, random) };
  }
  return storedZip(changed);
}
