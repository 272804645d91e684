import { describe, expect, test } from 'vitest';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { ENTRY } from '../../../electron/packages/asic/entry-names.ts';
import { openPackage } from '../../../electron/packages/open-package.ts';
import { type ContainerVerdict, verifyContainer } from '../../../electron/packages/verify-container.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import {
  blocks,
  type Craft,
  type CraftedEntry,
  craftContainer,
  craftEntries,
  craftZip,
  DOCUMENTS,
  enclose,
  stored,
} from '../../fixtures/crafted-container.ts';
import { memoryTarget } from '../../fixtures/memory-bytes.ts';
import { createMaterial, NOW } from '../../fixtures/package-material.ts';

/** Everything here is made by a counterpart who can sign and seal: checksums, digests and signature are right unless a test says otherwise. */
const { ca, firm, procuratorate } = createMaterial();
const recipients = [procuratorate.encryption.certificate, firm.encryption.certificate];
const trust = { anchors: [ca.certificate], crls: [], revocation: 'off' } as const;
const craft = (change: Partial<Craft> = {}): Buffer => craftContainer({ signer: firm, recipients, ...change });
const entriesOf = (change: Partial<Craft> = {}) => craftEntries({ signer: firm, recipients, ...change });

/** The verdict, which must be the same with the digests taken while decrypting and with a second reading. */
async function verdict(container: Buffer): Promise<ContainerVerdict> {
  const keys = [{ certificate: procuratorate.encryption.certificate, key: procuratorate.encryption.key }];
  const source = bufferSource(enclose(container, recipients));
  const opened = await openPackage({ source, keys, target: memoryTarget(), accept: 'exchange' });
  if (opened === null) throw new Error('not for me');
  const common = { trust, at: NOW, accept: 'profile' } as const;
  const whole = await verifyContainer({ container: opened.container, opened, ...common });
  const again = await verifyContainer({ container: bufferSource(container), ...common });
  expect(again.code).toBe(whole.code);
  return whole;
}

async function expectRefused(container: Buffer, code: ErrorCode): Promise<void> {
  const { indication, code: actual, report, readDocument } = await verdict(container);
  expect({ indication, code: actual }, JSON.stringify(report.checks.filter(({ ok }) => ok === false))).toEqual({
    indication: 'TOTAL_FAILED',
    code,
  });
  await expect(readDocument(0, { allowIndeterminate: true })).rejects.toThrow(code);
}

test('a crafted container without a fault passes, so that the others fail for their fault alone', async () => {
  expect(await verdict(craft())).toMatchObject({ indication: 'TOTAL_PASSED', code: null });
});

describe('entries', () => {
  const at = (name: string, entries: readonly CraftedEntry[]): number =>
    entries.findIndex((entry) => entry.name === name);
  const swap = (entries: readonly CraftedEntry[], a: number, b: number): CraftedEntry[] => {
    const copy = [...entries];
    [copy[a], copy[b]] = [copy[b] as CraftedEntry, copy[a] as CraftedEntry];
    return copy;
  };
  const insert =
    (entry: CraftedEntry, index = 1) =>
    (entries: readonly CraftedEntry[]) =>
      entries.toSpliced(index, 0, entry);

  test.each<[string, (entries: readonly CraftedEntry[]) => readonly CraftedEntry[]]>([
    ['documents in another order', (all) => swap(all, 1, 2)],
    ['message before a document', (all) => swap(all, 2, at(ENTRY.message, all))],
    ['signature before the manifest', (all) => swap(all, at(ENTRY.manifest, all), at(ENTRY.signature, all))],
    ['mimetype not first', (all) => swap(all, 0, 1)],
    ['mimetype missing', (all) => all.slice(1)],
    ['padding missing', (all) => all.slice(0, -1)],
    ['an entry twice', (all) => insert(all[1] as CraftedEntry)(all)],
    ['a second message with other content', insert(stored(ENTRY.message, Buffer.from('{}')), 3)],
    ['a message in another case', insert(blocks('MESSAGE.JSON', Buffer.from('{}')))],
    ['a document whose name differs in case alone', insert(blocks('documents/2-LICENCE.pdf', Buffer.from('x')), 3)],
    [
      'a document whose name differs in normalization alone',
      insert(blocks('documents/1-é'.normalize('NFD'), Buffer.from('x'))),
    ],
    [
      'an unknown entry of META-INF',
      (all) => insert(stored('META-INF/manifest.xml', Buffer.from('<a/>')), all.length - 1)(all),
    ],
    [
      'a second manifest',
      (all) => insert(stored('META-INF/ASiCManifest002.xml', Buffer.from('<a/>')), all.length - 1)(all),
    ],
    ['a path out of the folder', insert(blocks('documents/1-../../../etc/cron.d/x', Buffer.from('x')))],
    ['an absolute path', insert(blocks('/etc/passwd', Buffer.from('x')))],
    ['a drive', insert(blocks('C:/x', Buffer.from('x')))],
    ['a backslash', insert(blocks('documents\\1-x', Buffer.from('x')))],
    ['a control character', insert(blocks('documents/1-a\u0000b', Buffer.from('x')))],
    ['a folder', insert(blocks('documents/', Buffer.alloc(0)))],
    ['a document that is stored', (all) => all.with(1, { ...(all[1] as CraftedEntry), layout: 'stored' })],
    ['a message in blocks', (all) => all.with(3, { ...(all[3] as CraftedEntry), layout: 'blocks' })],
  ])('%s', async (_, entries) => {
    await expectRefused(craft({ entries }), 'CONTAINER_ENTRY_REFUSED');
  });

  test('a padding that carries something is refused: it is not signed', async () => {
    const carry = stored(ENTRY.padding, Buffer.from('\u0000\u0000hidden'));
    await expectRefused(craft({ entries: (all) => all.with(-1, carry) }), 'CONTAINER_MALFORMED');
    const huge = stored(ENTRY.padding, Buffer.alloc(200_000));
    await expectRefused(craft({ entries: (all) => all.with(-1, huge) }), 'CONTAINER_MALFORMED');
  });
  test('another mimetype', async () => {
    const other = stored(ENTRY.mimetype, Buffer.from('application/vnd.etsi.asic-s+zip'));
    await expectRefused(craft({ entries: (all) => all.with(0, other) }), 'CONTAINER_MALFORMED');
  });
  test('a message, manifest or signature over its limit is refused before it is read', async () => {
    for (const [name, size] of [
      [ENTRY.message, 4 * 2 ** 20 + 1],
      [ENTRY.signature, 2 ** 20 + 1],
      [ENTRY.manifest, 16 * 2 ** 20 + 1],
    ] as const) {
      const entries = (all: readonly CraftedEntry[]) => all.with(at(name, all), stored(name, Buffer.alloc(size)));
      await expectRefused(craft({ entries }), 'CONTAINER_LIMIT_EXCEEDED');
    }
  });
});

describe('bytes between, before and behind the entries', () => {
  const good = craft();
  const end = good.length - 22;
  const centralOffset = good.readUInt32LE(end + 16);
  const write = (bytes: Buffer, change: (copy: Buffer) => void): Buffer => {
    const copy = Buffer.from(bytes);
    change(copy);
    return copy;
  };
  const insertAt = (offset: number, bytes: Buffer, shift: boolean): Buffer => {
    const copy = Buffer.concat([good.subarray(0, offset), bytes, good.subarray(offset)]);
    if (shift) copy.writeUInt32LE(centralOffset + bytes.length, copy.length - 6);
    return copy;
  };
  const secondLocal = good.indexOf('PK\u0003\u0004', 4, 'latin1');

  test.each<[string, () => Buffer]>([
    ['a prefix', () => insertAt(0, Buffer.from('#!/bin/sh\n'), true)],
    ['a gap between two entries', () => insertAt(secondLocal, Buffer.alloc(8), true)],
    ['a gap before the directory', () => insertAt(centralOffset, Buffer.alloc(8), true)],
    ['a second directory', () => insertAt(centralOffset, good.subarray(centralOffset, end), true)],
    ['bytes behind the end', () => Buffer.concat([good, Buffer.alloc(1)])],
    [
      'a comment',
      () => write(Buffer.concat([good, Buffer.from('hi')]), (copy) => copy.writeUInt16LE(2, copy.length - 4)),
    ],
    ['another number of entries', () => write(good, (copy) => copy.writeUInt16LE(3, end + 10))],
    ['a directory beyond the end', () => write(good, (copy) => copy.writeUInt32LE(0x7fff_ffff, end + 16))],
    ['a directory that is said to be huge', () => write(good, (copy) => copy.writeUInt32LE(0xffff_fff0, end + 12))],
    ['ZIP64 where it is not needed', () => write(good, (copy) => copy.writeUInt32LE(0xffff_ffff, end + 16))],
    [
      'two entries at one offset',
      () =>
        write(good, (copy) => copy.writeUInt32LE(0, good.indexOf('PK\u0001\u0002', centralOffset + 4, 'latin1') + 42)),
    ],
    ['a size in the directory that lies', () => write(good, (copy) => copy.writeUInt32LE(5, centralOffset + 24))],
    ['a size in a local header that lies', () => write(good, (copy) => copy.writeUInt32LE(0xffff_fff0, 22))],
    [
      'a size in a descriptor that lies',
      () => write(good, (copy) => copy.writeUInt32LE(1, good.indexOf('PK\u0007\u0008', 0, 'latin1') + 12)),
    ],
    [
      'a CRC that lies',
      () => write(good, (copy) => copy.writeUInt32LE(1, good.indexOf('PK\u0007\u0008', 0, 'latin1') + 4)),
    ],
    ['an encrypted entry', () => write(good, (copy) => copy.writeUInt16LE(0x0809, secondLocal + 6))],
    [
      'a block that is not stored',
      () => write(good, (copy) => copy.writeUInt8(3, secondLocal + 30 + copy.readUInt16LE(secondLocal + 26))),
    ],
    ['another time', () => write(good, (copy) => copy.writeUInt16LE(1, secondLocal + 10))],
    ['a symbolic link', () => write(good, (copy) => copy.writeUInt32LE(0xa1ed_0000, centralOffset + 38))],
    [
      'another compression method in the directory',
      () => write(good, (copy) => copy.writeUInt16LE(12, centralOffset + 10)),
    ],
  ])('%s', async (_, container) => {
    await expectRefused(container(), 'CONTAINER_MALFORMED');
  });

  test('blocks that are not full, or an empty one at the end, are refused: offsets are arithmetic', async () => {
    const [mimetype, , ...rest] = entriesOf();
    const split = Buffer.from(
      craftZip([mimetype as CraftedEntry, blocks('documents/1-x', Buffer.from('abcdef')), ...rest]),
    );
    const data = split.indexOf('abcdef') - 5;
    // One block of six becomes one of one, not final, whose rest would be the next header
    split.writeUInt8(0, data);
    split.writeUInt16LE(1, data + 1);
    split.writeUInt16LE(0xfffe, data + 3);
    await expectRefused(split, 'CONTAINER_MALFORMED');
  });

  test('an extra field, 0x7075 among them, is refused', async () => {
    const name = good.readUInt16LE(26);
    const field = Buffer.from([0x75, 0x70, 1, 0, 1]);
    const longer = insertAt(30 + name, field, true);
    longer.writeUInt16LE(field.length, 28);
    await expectRefused(longer, 'CONTAINER_MALFORMED');
  });
});

describe('the manifest, under a valid signature', () => {
  const digest = Buffer.alloc(32, 7);
  test.each<[string, Partial<Craft>]>([
    ['an entry that is not referenced', { references: (all) => all.slice(1) }],
    ['a reference without an entry', { references: (all) => [...all, { name: 'documents/3-x', sha256: digest }] }],
    [
      'a reference exchanged for another',
      { references: (all) => all.with(0, { name: 'documents/3-x', sha256: digest }) },
    ],
    ['a digest that differs', { references: (all) => all.with(1, { name: all[1]?.name ?? '', sha256: digest }) }],
    ['message.json not referenced', { references: (all) => all.slice(0, -1) }],
    ['a name encoded twice', { manifest: (xml) => Buffer.from(xml.toString().replaceAll('%', '%25')) }],
    [
      'another signature named',
      { manifest: (xml) => Buffer.from(xml.toString().replace('signature001', 'signature002')) },
    ],
    ['no references', { references: () => [] }],
  ])('%s', async (_, change) => {
    await expectRefused(craft(change), 'MANIFEST_MISMATCH');
  });

  const xml = (change: (text: string) => string): Partial<Craft> => ({
    manifest: (bytes) => Buffer.from(change(bytes.toString())),
  });
  test.each<[string, Partial<Craft>]>([
    ['a document type', xml((text) => text.replace('<asic:ASiC', '<!DOCTYPE a [<!ENTITY b "c">]><asic:ASiC'))],
    ['an entity', xml((text) => text.replace('URI="documents', 'URI="&xxe;documents'))],
    [
      'two signatures named',
      xml((text) => text.replace('<asic:DataObject', '<asic:SigReference URI="a"/><asic:DataObject')),
    ],
    ['two digests for one entry', { references: (all) => [...all, all[0] ?? { name: '', sha256: digest }] }],
    ['SHA-1', xml((text) => text.replace('2001/04/xmlenc#sha256', '2000/09/xmldsig#sha1'))],
    ['another namespace', xml((text) => text.replace('02918/v1.2.1#', '02918/v9#'))],
    ['a digest that is cut', xml((text) => text.replace(/(<ds:DigestValue>).{4}/, '$1'))],
    ['no XML at all', { manifest: () => Buffer.from('PK') }],
    ['bytes that are not UTF-8', { manifest: (bytes) => Buffer.concat([bytes, Buffer.from([0xff])]) }],
    ['text behind the element', { manifest: (bytes) => Buffer.concat([bytes, Buffer.from('<a/>')]) }],
  ])('%s', async (_, change) => {
    await expectRefused(craft(change), 'MANIFEST_MALFORMED');
  });
});

describe('the message, under a valid signature', () => {
  const message = (change: Record<string, unknown>): Partial<Craft> => ({ message: (all) => ({ ...all, ...change }) });
  const text = (change: (json: string) => string): Partial<Craft> => ({
    message: (all) => change(JSON.stringify(all)),
  });

  test.each<[string, Partial<Craft>, ErrorCode]>([
    ['a newer version', message({ version: 2 }), 'MESSAGE_VERSION_NEWER'],
    ['an unknown kind', message({ kind: 'order' }), 'MESSAGE_TYPE_UNKNOWN'],
    ['an unknown type', message({ type: 'divorce' }), 'MESSAGE_TYPE_UNKNOWN'],
    ['an unknown act', message({ act: 'appeal' }), 'MESSAGE_TYPE_UNKNOWN'],
    ['an unknown field', message({ note: 'x' }), 'MESSAGE_MALFORMED'],
    ['an unknown suite', message({ suite: 'LP0-NULL' }), 'MESSAGE_MALFORMED'],
    ['a name twice', text((json) => json.replace('"seq":1', '"seq":1,"seq":2')), 'MESSAGE_MALFORMED'],
    ['no JSON', { message: () => 'PK' }, 'MESSAGE_MALFORMED'],
    ['fewer documents than entries', message({ documents: [] }), 'MESSAGE_DOCUMENTS_MISMATCH'],
    ['another size', text((json) => json.replace(/"size":\d+/, '"size":7')), 'MESSAGE_DOCUMENTS_MISMATCH'],
    [
      'another digest',
      text((json) => json.replace(/"sha256":"[0-9a-f]{8}/, '"sha256":"00000000')),
      'MESSAGE_DOCUMENTS_MISMATCH',
    ],
    ['another name', text((json) => json.replace('licence.pdf', 'license.pdf')), 'MESSAGE_DOCUMENTS_MISMATCH'],
    ['a name that no document may have', text((json) => json.replace('licence.pdf', '../x')), 'MESSAGE_MALFORMED'],
    [
      'another signer',
      message({ sender: { office: null, person: null, certificate: '0'.repeat(64) } }),
      'MESSAGE_SIGNER_MISMATCH',
    ],
    ['not for the key that opened it', message({ recipients: [] }), 'PACKAGE_NOT_FOR_RECIPIENT'],
  ])('%s', async (_, change, code) => {
    const container = craft(change);
    if (code !== 'PACKAGE_NOT_FOR_RECIPIENT') return expectRefused(container, code);
    const keys = [{ certificate: procuratorate.encryption.certificate, key: procuratorate.encryption.key }];
    const source = bufferSource(enclose(container, recipients));
    const opened = await openPackage({ source, keys, target: memoryTarget(), accept: 'exchange' });
    if (opened === null) throw new Error('not for me');
    expect(await verifyContainer({ container: opened.container, opened, trust, at: NOW })).toMatchObject({ code });
  });

  test('no document is served whose name the message does not have, however right the entry is', async () => {
    const { readDocument } = await verdict(craft());
    await expect(readDocument(DOCUMENTS.length)).rejects.toThrow('FILE_NOT_FOUND');
    await expect(readDocument(-1)).rejects.toThrow('FILE_NOT_FOUND');
  });
});
