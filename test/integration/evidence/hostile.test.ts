import { describe, expect, test } from 'vitest';
import { readPool } from '../../../electron/evidence/read-pool.ts';
import { verifyBundle } from '../../../electron/evidence/verify-bundle.ts';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import { canonicalZip } from '../../fixtures/evidence-material.ts';

/** Bundles that would cost whoever opens them dear: each must be refused by its structure, before anything in it is believed. */
const list = (text: string | Buffer) => ({ name: 'evidence.json', content: Buffer.from(text) });
const CASES: Readonly<Record<string, () => Promise<Buffer>>> = {
  'more entries than a bundle may have': () =>
    canonicalZip(
      Array.from({ length: LIMITS.entries + 5 }, (_, index) => ({ name: `x${index}`, content: Buffer.alloc(0) })),
    ),
  'a list larger than a list may be': () => canonicalZip([list(Buffer.alloc(LIMITS.message + 1, 0x20))]),
  'a list nested without end': () => canonicalZip([list('['.repeat(100_000))]),
  'a list of lists in its fields': () => canonicalZip([list(`{"format":${'[['.repeat(40)}`)]),
  'a list that is a number': () => canonicalZip([list('1e999')]),
  'no list': () => canonicalZip([{ name: 'messages/x', content: Buffer.from('x') }]),
};

describe('a bundle with', () => {
  test.each(Object.entries(CASES))('%s is opened', async (_title, make) => {
    const bundle = bufferSource(await make());
    const at = new Date();
    const report = await verifyBundle({ bundle, anchors: [], fingerprints: [], at, revocation: 'require' });
    expect(report.indication).toBe('TOTAL_FAILED');
    expect(report.messages).toEqual([]);
  });

  test('more certificates than the memory holds is read into it', async () => {
    // a source that would be read is one that fails
    const source = {
      size: LIMITS.crl,
      read: () => Promise.reject(new Error('was read')),
      close: () => Promise.resolve(),
    };
    const files = Array.from({ length: 1 + Math.ceil(LIMITS.evidenceValues / LIMITS.crl) }, (_, index) => {
      const sha256 = String(index).padStart(64, '0') as Sha256;
      return { path: `values/${sha256}.cer`, role: 'certificate', name: sha256, sha256, source } as const;
    });
    await expect(readPool(files)).rejects.toThrow('CONTAINER_LIMIT_EXCEEDED');
  });
});
