import { hash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { ASIC_E_MIMETYPE, ASIC_S_MIMETYPE } from '../../../electron/packages/asic/entry-names.ts';
import { buildManifest } from '../../../electron/packages/asic/manifest.ts';
import { verifyContainer } from '../../../electron/packages/verify-container.ts';
import { readForeignZip } from '../../../electron/packages/zip/read-foreign-zip.ts';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { craftContainer, signManifest } from '../../fixtures/crafted-container.ts';
import { rebuildSignature, takeApart } from '../../fixtures/crafted-signature.ts';
import { deflatedZip, type ForeignEntrySpec } from '../../fixtures/deflated-zip.ts';
import { createMaterial, NOW } from '../../fixtures/package-material.ts';
import { view } from '../shared/report/report-material.ts';

/** Containers of other programs, honest and not: whatever they hold, memory and time stay bounded. */
const { ca, firm, procuratorate } = createMaterial();
const trust = { anchors: [ca.certificate], crls: [], revocation: 'off' } as const;
const text = (value: string): Buffer => Buffer.from(value, 'utf8');
const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');
const one: ForeignEntrySpec = { name: 'a.txt', content: text('document a') };
const two: ForeignEntrySpec = { name: '文件/b.txt', content: text('document b') };

const manifestOf = (entries: readonly ForeignEntrySpec[], signature = 'META-INF/signature001.p7s'): Buffer => {
  const references = entries.map(({ name, content }) => ({ name, sha256: sha256(content) }));
  return text(buildManifest(references).toString().replace('META-INF/signature001.p7s', signature));
};

/** ASiC-E as others write it: deflate, mimetype anywhere, other names of the manifest. */
function asicE(
  change: { readonly entries?: readonly ForeignEntrySpec[]; readonly signed?: readonly ForeignEntrySpec[] } = {},
) {
  const { entries = [one, two], signed = entries } = change;
  const manifest = manifestOf(signed);
  return [
    { name: 'META-INF/ASiCManifest.xml', content: manifest },
    { name: 'META-INF/signature001.p7s', content: signManifest(manifest, firm) },
    ...entries,
    { name: 'mimetype', content: text(ASIC_E_MIMETYPE) },
  ];
}

const asicS = (document: Buffer, signed = document): ForeignEntrySpec[] => [
  { name: 'mimetype', content: text(ASIC_S_MIMETYPE) },
  { name: 'package.zip', content: document },
  { name: 'META-INF/signature.p7s', content: signManifest(signed, firm) },
];

const verify = (container: Buffer) => verifyContainer({ container: bufferSource(container), trust, at: NOW });
const expectCode = async (container: Buffer, code: ErrorCode): Promise<void> => {
  expect(await verify(container)).toMatchObject({ indication: 'TOTAL_FAILED', code });
};

describe('honest', () => {
  test('ASiC-E with one manifest: every document is reported with its digest', async () => {
    const { indication, report, message } = await verify(deflatedZip(asicE()));
    expect(indication).toBe('TOTAL_PASSED');
    expect(message).toBeNull();
    expect(report.container.profile).toBe('ASiC-E');
    expect(report.documents).toEqual(
      [one, two].map(({ name, content }) => ({
        name,
        mediaType: null,
        size: content.length,
        sha256: sha256(content).toString('hex'),
      })),
    );
  });
  test('two manifests, each with its signature: each signer is reported, the worst decides', async () => {
    const second = manifestOf([two], 'META-INF/signature002.p7s');
    const entries = (signature: Buffer): ForeignEntrySpec[] => [
      ...asicE({ signed: [one] }),
      { name: 'META-INF/ASiCManifest2.xml', content: second },
      { name: 'META-INF/signature002.p7s', content: signature },
    ];
    const good = await verify(deflatedZip(entries(signManifest(second, procuratorate))));
    expect(good.indication).toBe('TOTAL_PASSED');
    expect(good.report.signers.map(({ certificate }) => certificate)).toEqual([
      firm.signing.certificate.sha256,
      procuratorate.signing.certificate.sha256,
    ]);
    await expectCode(deflatedZip(entries(signManifest(text('other'), procuratorate))), 'SIGNATURE_INVALID');
  });
  test('a second signature over a document of its own makes no signer of the first stand for it', async () => {
    const second = manifestOf([two], 'META-INF/signature002.p7s');
    const { report } = await verify(
      deflatedZip([
        ...asicE({ signed: [one] }),
        { name: 'META-INF/ASiCManifest2.xml', content: second },
        { name: 'META-INF/signature002.p7s', content: signManifest(second, procuratorate) },
      ]),
    );
    expect(report.signers.map(({ documents }) => documents)).toEqual([[0], [1]]);
    const whole = await verify(deflatedZip(asicE()));
    expect(whole.report.signers.map(({ documents }) => documents)).toEqual([undefined]);
    const shown = view(report, 'en');
    const facts = shown.signatures.map(({ facts }) => facts.find(({ id }) => id === 'integrity'));
    expect(facts).toMatchObject([
      { tone: 'waiting', value: 'signed 1 of 2 files, whose digests agree: a.txt' },
      { tone: 'waiting', value: 'signed 1 of 2 files, whose digests agree: 文件/b.txt' },
    ]);
    expect(shown.paragraph).toContain('Not every signature covers every file');
  });
  test('two signers in one signature', async () => {
    const entries = asicE();
    const manifest = entries[0]?.content ?? Buffer.alloc(0);
    const both = rebuildSignature(signManifest(manifest, firm), (parts) => ({
      ...parts,
      signerInfos: [...parts.signerInfos, ...takeApart(signManifest(manifest, procuratorate)).signerInfos],
    }));
    const { report, indication } = await verify(
      deflatedZip(entries.with(1, { name: 'META-INF/signature001.p7s', content: both })),
    );
    expect(report.signers).toHaveLength(2);
    // The second brings no certificate: what cannot be judged is not passed
    expect(indication).toBe('INDETERMINATE');
  });
  test('ASiC-S', async () => {
    const { indication, report } = await verify(deflatedZip(asicS(text('one document'))));
    expect(indication).toBe('TOTAL_PASSED');
    expect(report.container.profile).toBe('ASiC-S');
  });
});

describe('dishonest', () => {
  const other = { ...one, content: text('document x') };
  test.each<[string, () => Buffer, ErrorCode]>([
    [
      'a document altered',
      () => deflatedZip(asicE({ entries: [other, two], signed: [one, two] })),
      'MANIFEST_MISMATCH',
    ],
    ['a document added', () => deflatedZip(asicE({ entries: [one, two], signed: [one] })), 'MANIFEST_MISMATCH'],
    ['a document removed', () => deflatedZip(asicE({ entries: [one], signed: [one, two] })), 'MANIFEST_MISMATCH'],
    ['no signature', () => deflatedZip(asicE().toSpliced(1, 1)), 'SIGNATURE_MISSING'],
    ['no manifest', () => deflatedZip(asicE().slice(1)), 'SIGNATURE_MISSING'],
    [
      'a signature that no manifest names',
      () => deflatedZip([...asicE(), { name: 'META-INF/signature9.p7s', content: text('x') }]),
      'MANIFEST_MISMATCH',
    ],
    ['an ASiC-S document altered', () => deflatedZip(asicS(text('a'), text('b'))), 'SIGNATURE_INVALID'],
    ['a second ASiC-S document', () => deflatedZip([...asicS(text('a')), one]), 'MANIFEST_MISMATCH'],
    [
      'another mimetype',
      () => deflatedZip(asicE().with(-1, { name: 'mimetype', content: text('application/zip') })),
      'CONTAINER_MALFORMED',
    ],
    ['a name twice', () => deflatedZip(asicE({ entries: [one, two, one] })), 'CONTAINER_ENTRY_REFUSED'],
    [
      'names that differ in case alone',
      () => deflatedZip(asicE({ entries: [one, { ...one, name: 'A.TXT' }] })),
      'CONTAINER_ENTRY_REFUSED',
    ],
    [
      'a path out of the folder',
      () => deflatedZip(asicE({ entries: [{ ...one, name: '../../x' }] })),
      'CONTAINER_ENTRY_REFUSED',
    ],
    [
      'a local header with another name',
      () => deflatedZip(asicE({ entries: [{ ...one, localName: 'b.txt' }, two] })),
      'CONTAINER_MALFORMED',
    ],
    [
      'a symbolic link',
      () => deflatedZip(asicE({ entries: [{ ...one, attributes: 0xa1ed_0000 }, two] })),
      'CONTAINER_ENTRY_REFUSED',
    ],
    [
      'a size that is too small',
      () => deflatedZip(asicE({ entries: [{ ...one, size: 3 }, two] })),
      'CONTAINER_MALFORMED',
    ],
    [
      'a size that is too large',
      () => deflatedZip(asicE({ entries: [{ ...one, size: 300 }, two] })),
      'CONTAINER_MALFORMED',
    ],
    ['a CRC that is wrong', () => deflatedZip(asicE({ entries: [{ ...one, crc: 1 }, two] })), 'CONTAINER_MALFORMED'],
  ])('%s', async (_, container, code) => {
    await expectCode(container(), code);
  });

  test('a container of ours that somebody zips anew is held to our profile, not to the one of others', async () => {
    const entries = await readForeignZip(bufferSource(craftContainer({ signer: firm, recipients: [] })));
    const specs: ForeignEntrySpec[] = [];
    for (const entry of entries) specs.push({ name: entry.name, content: await entry.readAll(2 ** 20) });
    await expectCode(deflatedZip(specs), 'CONTAINER_MALFORMED');
  });
});

describe('bombs', () => {
  const zeros = Buffer.alloc(8 * 2 ** 20);
  test('a ratio that no document has is refused before a byte is inflated', async () => {
    await expectCode(deflatedZip(asicE({ entries: [{ name: 'zeros', content: zeros }] })), 'CONTAINER_LIMIT_EXCEEDED');
  });
  test('a bomb that says it is small ends where its claim ends', async () => {
    const lying: ForeignEntrySpec = { name: 'zeros', content: zeros, size: 4_000 };
    const [entry] = await readForeignZip(bufferSource(deflatedZip([lying])));
    let read = 0;
    const reading = async (): Promise<void> => {
      for await (const chunk of entry?.stream() ?? []) read += chunk.length;
    };
    await expect(reading()).rejects.toThrow('CONTAINER_MALFORMED');
    expect(read).toBeLessThan(100_000);
  });
  test('entries that share their bytes are refused', async () => {
    const entries = Array.from({ length: 50 }, (_, index) => ({
      name: `${index}`,
      content: text('kernel'),
      shared: true,
    }));
    await expectCode(deflatedZip(entries), 'CONTAINER_ENTRY_REFUSED');
  });
  test('more entries than a container may have, by claim and in fact', async () => {
    const many = Array.from({ length: 10_001 }, (_, index) => ({ name: `${index}`, content: text('x') }));
    await expectCode(deflatedZip(many), 'CONTAINER_LIMIT_EXCEEDED');
  });
  test('many signatures: each would cost a search for a path', async () => {
    const manifests = Array.from({ length: 65 }, (_, index) => ({
      name: `META-INF/ASiCManifest${index}.xml`,
      content: manifestOf([one]),
    }));
    const signature = { name: 'META-INF/signature001.p7s', content: signManifest(manifestOf([one]), firm) };
    await expectCode(deflatedZip([one, ...manifests, signature]), 'CONTAINER_LIMIT_EXCEEDED');
  });
  test('all of it together is bounded, whatever each entry is', async () => {
    const deflated = deflateRawSync(Buffer.alloc(1000));
    const claim = { content: Buffer.alloc(1000), compressed: deflated, crc: crc32(Buffer.alloc(1000)) };
    const entries = Array.from({ length: 3 }, (_, index) => ({ ...claim, name: `${index}`, size: 2 ** 31 }));
    await expectCode(deflatedZip(entries), 'CONTAINER_LIMIT_EXCEEDED');
  });
});

test('a source that fails is no verdict on the container', async () => {
  const bytes = deflatedZip(asicE());
  const failing = {
    ...bufferSource(bytes),
    read: async () => {
      throw new AppError('BLOB_TAMPERED');
    },
  };
  await expect(verifyContainer({ container: failing, trust, at: NOW })).rejects.toThrow('BLOB_TAMPERED');
  await expect(verifyContainer({ container: failing, trust, at: NOW, accept: 'profile' })).rejects.toThrow(
    'BLOB_TAMPERED',
  );
});
