import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bufferSource, readRange } from '../../../electron/files/bytes.ts';
import { parseManifest } from '../../../electron/packages/asic/manifest.ts';
import { localDigest } from '../../../electron/packages/content-digest.ts';
import { buildContainer, sealPackage } from '../../../electron/packages/seal-package.ts';
import type { SealDocument } from '../../../electron/packages/write-container.ts';
import { checkCentral } from '../../../electron/packages/zip/check-central.ts';
import { createEntryScanner } from '../../../electron/packages/zip/entry-scanner.ts';
import { scanContainer } from '../../../electron/packages/zip/scan-container.ts';
import { storedBlocksSource } from '../../../electron/packages/zip/stored-blocks.ts';
import { documentPath } from '../../../shared/model/names.ts';
import { memorySink, patternSource } from '../../fixtures/memory-bytes.ts';
import { actDraft, createMaterial, document, NOW, sealSample } from '../../fixtures/package-material.ts';

const material = createMaterial();
const recipients = [material.procuratorate.encryption.certificate, material.firm.encryption.certificate];
const signer = { ...material.firm.signing, chain: material.firm.chain };
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function containerOf(documents: readonly SealDocument[]): Promise<Buffer> {
  const sink = memorySink();
  await buildContainer({ draft: actDraft(material.firm, recipients), documents, signer, now: NOW }, sink);
  return sink.bytes();
}

const sealing = (change: object) =>
  sealPackage({
    draft: actDraft(material.firm, recipients),
    documents: [],
    signer,
    recipients,
    now: NOW,
    sink: memorySink(),
    ...change,
  });

describe('container', () => {
  test('entries stand in the order of the format, and the manifest lists each but META-INF with its digest', async () => {
    const bytes = await containerOf([document('委托书.pdf', Buffer.from('a')), document('b c.txt', Buffer.alloc(0))]);
    const container = bufferSource(bytes);
    const scan = await scanContainer(container);
    await checkCentral(container, scan);
    const names = scan.entries.map(({ name }) => name);
    expect(names).toEqual([
      'mimetype',
      'documents/1-委托书.pdf',
      'documents/2-b c.txt',
      'message.json',
      'META-INF/ASiCManifest001.xml',
      'META-INF/signature001.p7s',
      'META-INF/padding.bin',
    ]);
    const entry = scan.entries[4];
    const manifest = parseManifest(await readRange(container, entry?.dataOffset ?? 0, entry?.size ?? 0));
    expect(manifest.references.map(({ name, digest }) => [name, digest.toString('hex')])).toEqual(
      scan.entries.slice(1, 4).map(({ name, sha256: digest }) => [name, digest]),
    );
  });

  test.each([0, 1, 65_534, 65_535, 65_536, 524_280, 524_281, 1_500_000])(
    'a document of %d bytes comes back byte for byte, whole and from any offset',
    async (size) => {
      const bytes = await containerOf([{ ...document('x.bin', Buffer.alloc(0)), source: patternSource(size) }]);
      const { entries } = await scanContainer(bufferSource(bytes));
      const entry = entries.find(({ name }) => name === documentPath(0, 'x.bin'));
      const source = storedBlocksSource(bufferSource(bytes), entry?.dataOffset ?? 0, size);
      const whole = await readRange(source, 0, size);
      expect(whole.equals(await readRange(patternSource(size), 0, size))).toBe(true);
      for (const offset of [1, 65_530, 65_535, size - 3].filter((at) => at >= 0 && at < size)) {
        expect((await readRange(source, offset, 70_000)).equals(whole.subarray(offset, offset + 70_000))).toBe(true);
      }
    },
  );

  test('small containers fill whole steps of 64 KiB, whatever their content: sizes tell little', async () => {
    for (const size of [0, 1, 40_000, 70_000, 900_000]) {
      expect((await containerOf([document('x.bin', Buffer.alloc(size))])).length % 65_536).toBe(0);
    }
  });

  test('the same scan results whether the bytes come whole, in small pieces or one by one', async () => {
    const bytes = await containerOf([document('x.bin', Buffer.alloc(70_000, 7))]);
    const expected = await scanContainer(bufferSource(bytes));
    for (const step of [1, 7, 4096, bytes.length]) {
      const scanner = createEntryScanner(localDigest(1));
      for (let at = 0; at < bytes.length; at += step) scanner.push(bytes.subarray(at, at + step));
      expect(await scanner.finish()).toEqual(expected);
    }
  });

  test('every byte of the structure counts: none can be changed without the scan, the directory or a digest telling', async () => {
    const bytes = await containerOf([document('x.bin', Buffer.from('content'))]);
    const expected = await scanContainer(bufferSource(bytes));
    for (let at = 0; at < bytes.length; at++) {
      // Inside the padding every change is a change of its CRC; a sample is enough
      if (at > 6_000 && at < bytes.length - 1_200 && at % 997 !== 0) continue;
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      const container = bufferSource(changed);
      const same = await scanContainer(container)
        .then(async (scan) => {
          await checkCentral(container, scan);
          return JSON.stringify(scan) === JSON.stringify(expected);
        })
        .catch((error: unknown) => {
          expect(String(error)).toMatch(/CONTAINER_MALFORMED/);
          return false;
        });
      expect(same, `byte ${at}`).toBe(false);
    }
  });

  test('cut anywhere, it is malformed', async () => {
    const bytes = await containerOf([document('x.bin', Buffer.from('content'))]);
    for (let length = 0; length < bytes.length; length += length < 3_000 ? 1 : 501) {
      const container = bufferSource(bytes.subarray(0, length));
      const read = scanContainer(container).then((scan) => checkCentral(container, scan));
      await expect(read, `length ${length}`).rejects.toThrow('CONTAINER_MALFORMED');
    }
  });
});

describe('sealing', () => {
  test('M is the digest of the manifest and does not depend on the encryption', async () => {
    const first = await sealSample(material);
    const second = await sealSample(material);
    expect(first.sealed.m).toBe(second.sealed.m);
    expect(first.bytes.equals(second.bytes)).toBe(false);
    expect(first.bytes.length).toBe(first.sealed.packageSize);
  });
  test('neither names nor content stand in the package', async () => {
    const { bytes } = await sealSample(material);
    for (const secret of ['委托书', '%PDF', '甲律师', 'file-review', 'mimetype', 'ASiC']) {
      expect(bytes.includes(Buffer.from(secret)), secret).toBe(false);
    }
  });
  test('a file that is not what was shown, has shrunk or has grown ends the sealing', async () => {
    const content = Buffer.from('content');
    const good = document('x', content, { expectedSha256: sha256(content) as never });
    await expect(sealing({ documents: [good] })).resolves.toBeDefined();
    const other = document('x', content, { expectedSha256: sha256(Buffer.from('other')) as never });
    await expect(sealing({ documents: [other] })).rejects.toThrow('FILE_CHANGED');
    const shrunk = { ...good, source: { ...bufferSource(content), size: content.length + 1 } };
    await expect(sealing({ documents: [shrunk] })).rejects.toThrow('FILE_CHANGED');
    const grown = { ...good, source: { ...bufferSource(content), size: content.length - 1 } };
    await expect(sealing({ documents: [grown] })).rejects.toThrow('FILE_CHANGED');
  });
  test('a file over 64 GiB and a container over one GCM invocation are refused before a byte is read', async () => {
    const source = (size: number) => ({
      ...patternSource(size),
      read: async () => {
        throw new Error('read');
      },
    });
    const large = { ...document('x', Buffer.alloc(0)), source: source(64 * 2 ** 30) };
    await expect(sealing({ documents: [large] })).rejects.toThrow('FILE_TOO_LARGE');
    const half = { ...document('x', Buffer.alloc(0)), source: source(40 * 2 ** 30) };
    await expect(sealing({ documents: [half, { ...half, name: 'y' }] })).rejects.toThrow('PACKAGE_LIMIT_EXCEEDED');
  });
  test('recipients are those of the signed list, with keys to encrypt for, in their time', async () => {
    await expect(sealing({ recipients: recipients.slice(1) })).rejects.toThrow('PACKAGE_RECIPIENTS_MISMATCH');
    await expect(sealing({ recipients: [...recipients, material.stranger.encryption.certificate] })).rejects.toThrow(
      'PACKAGE_RECIPIENTS_MISMATCH',
    );
    const signing = [material.procuratorate.signing.certificate];
    await expect(sealing({ draft: actDraft(material.firm, signing), recipients: signing })).rejects.toThrow(
      'RECIPIENT_REFUSED',
    );
    await expect(sealing({ now: new Date('2028-01-01T00:00:00Z') })).rejects.toThrow('RECIPIENT_REFUSED');
  });
  test('the draft names the signer that signs', async () => {
    const stranger = { ...material.stranger.signing, chain: [] };
    await expect(sealing({ signer: stranger })).rejects.toThrow('MESSAGE_SIGNER_MISMATCH');
  });
  test('it can be cancelled, and a sink that fails ends it with its own error', async () => {
    const controller = new AbortController();
    const documents = [{ ...document('x', Buffer.alloc(0)), source: patternSource(3_000_000) }];
    const progress = (): void => controller.abort();
    await expect(sealing({ documents, signal: controller.signal, progress })).rejects.toThrow('CANCELLED');
    const full = {
      write: async () => {
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      },
    };
    await expect(sealing({ documents, sink: full })).rejects.toThrow('no space');
  });
  test('digests come out the same in the second thread', async () => {
    const size = 9_000_000;
    const sealed = await sealing({ documents: [{ ...document('x', Buffer.alloc(0)), source: patternSource(size) }] });
    expect(sealed.message.documents[0]?.sha256).toBe(sha256(await readRange(patternSource(size), 0, size)));
  });
});
