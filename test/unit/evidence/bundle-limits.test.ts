import { describe, expect, test } from 'vitest';
import { findExcess, SIZE_LIMITS, type SizedFile } from '../../../electron/evidence/bundle-limits.ts';
import { roleOf } from '../../../electron/evidence/bundle-manifest.ts';
import type { BundleFile } from '../../../electron/evidence/read-bundle.ts';
import { readPool } from '../../../electron/evidence/read-pool.ts';
import { type BundlePart, requireReadable } from '../../../electron/usecases/evidence/bundle-part.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Instant, M, MatterId, OfficeId, Sha256 } from '../../../shared/model/brand.ts';
import { OFFICE } from '../../fixtures/forms.ts';

const hex = (number: number): string => number.toString(16).padStart(64, '0');
const file = (path: string, size: number): SizedFile => ({ path, size });
const many = (count: number, path: (index: number) => string, size: number): SizedFile[] =>
  Array.from({ length: count }, (_, index) => file(path(index), size));

const heading = {
  format: 'lexpost-evidence',
  version: 1,
  matter: '01a20c9b-bbfd-7fe5-b576-032afd5a8061' as MatterId,
  exportedBy: OFFICE.firm as OfficeId,
  exportedAt: '2026-11-24T06:00:00.000Z' as Instant,
  program: 'test',
  heads: [] as M[],
} as const;

// a source that would be read is one that fails
const unread = () => Promise.reject(new Error('was read'));
const toPart = ({ path, size }: SizedFile): BundlePart => ({ path, size, open: unread });
const toFile = ({ path, size }: SizedFile): BundleFile => {
  const { role, name } = roleOf(path) ?? { role: 'report', name: null };
  return {
    path,
    role,
    name,
    sha256: (name ?? hex(0)) as Sha256,
    source: { size, read: unread, close: async () => {} },
  };
};

const EXCESSES: Readonly<Record<string, readonly SizedFile[]>> = {
  'more files than a bundle may have': many(LIMITS.entries, (index) => `messages/${hex(index)}.asice`, 1),
  'more lists than its reader holds': many(14, (index) => `values/${hex(index)}.crl`, 19 * 1024 * 1024),
  'a list larger than a list may be': [file(`values/${hex(1)}.crl`, LIMITS.crl + 1)],
  'a timestamp larger than its reader takes': [file(`proofs/${hex(1)}-001.tst`, LIMITS.crl + 1)],
  'an augmented signature larger than one may be': [file(`archives/${hex(1)}.p7s`, LIMITS.augmentedSignature + 1)],
  'archive timestamps of one message beyond what is held': many(
    9,
    (index) => `archives/${hex(1)}-${String(index + 1).padStart(3, '0')}.tst`,
    31 * 1024 * 1024,
  ),
  'rules larger than their reader takes': [file('rules.json', LIMITS.message + 1)],
  'more timestamps of one message than names have digits': [file(`proofs/${hex(1)}-1000.tst`, 1)],
};

describe('a bundle with', () => {
  test.each(Object.entries(EXCESSES))('%s is written, or read', async (_title, files) => {
    expect(findExcess(files)).not.toBeNull();
    expect(() => requireReadable(files.map(toPart), heading)).toThrow('EVIDENCE_TOO_LARGE');
    if (files.every(({ path }) => roleOf(path) !== null)) {
      await expect(readPool(files.map(toFile))).rejects.toThrow('CONTAINER_LIMIT_EXCEEDED');
    }
  });

  test('a list that its own reader refuses is written', () => {
    const tooMany = Array.from({ length: LIMITS.parents + 1 }, (_, index) => hex(index) as M);
    expect(() => requireReadable([], { ...heading, heads: tooMany })).toThrow('EVIDENCE_TOO_LARGE');
    expect(() => requireReadable([], { ...heading, program: 'x'.repeat(81) })).toThrow('EVIDENCE_TOO_LARGE');
  });

  test('as much as may be is refused: archive timestamps of many messages, dossiers of any size', () => {
    const files = [
      ...many(40, (index) => `archives/${hex(index)}.p7s`, LIMITS.augmentedSignature),
      ...many(12, (index) => `values/${hex(index)}.crl`, 20 * 1024 * 1024),
      ...many(4, (index) => `messages/${hex(index)}.asice`, LIMITS.document),
      ...many(9_900, (index) => `receipts/${hex(index)}.asice`, 20_000),
    ];
    expect(findExcess(files)).toBeNull();
    expect(() => requireReadable(files.map(toPart), heading)).not.toThrow();
  });
});

test('a kind of file that is held whole has no limit', () => {
  const unlimited = ['message', 'receipt', 'card', 'report'];
  const kinds = ['timestamp', 'augmented', 'archive-manifest', 'archive-timestamp', 'certificate', 'crl', 'ocsp'];
  for (const kind of [...kinds, 'rules', 'calendar', 'trust']) {
    expect([kind, SIZE_LIMITS[kind as keyof typeof SIZE_LIMITS]]).toEqual([kind, expect.any(Number)]);
  }
  for (const kind of unlimited) expect(SIZE_LIMITS[kind as keyof typeof SIZE_LIMITS]).toBeUndefined();
});
