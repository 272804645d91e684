import { describe, expect, test } from 'vitest';
import { archiveNames } from '../../../electron/packages/asic/entry-names.ts';
import { buildArchiveManifest } from '../../../electron/packages/asic/manifest.ts';
import { judgeArchives } from '../../../electron/packages/verify/judge-archives.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';

const at = new Date('2026-06-01T00:00:00Z');
const trust = { anchors: [], crls: [], ocsps: [], revocation: 'require' } as const;

describe('an archive timestamp over other data counts as fallen away because', () => {
  test.each(['EXPIRED.pdf', 'REVOKED 2026.pdf', '委托书.pdf'])('its document is called %s', (name) => {
    const manifest = buildArchiveManifest(archiveNames(0, 1).token, [{ name, sha256: Buffer.alloc(32, 1) }], name);
    const other = '02'.repeat(32) as Sha256;
    const archives = [{ manifest, token: Buffer.alloc(0) }];
    const { provenAt, faults } = judgeArchives(archives, () => other, [name], trust, at);
    expect(provenAt).toBeNull();
    expect(faults).toEqual([`does not count: digest of ${name} differs`]);
  });
});

describe('an archive timestamp proves what it does not cover:', () => {
  const digest = '01'.repeat(32) as Sha256;
  const archive = (index: number, count: number, ...names: string[]) => ({
    manifest: buildArchiveManifest(
      archiveNames(index, count).token,
      names.map((name) => ({ name, sha256: Buffer.alloc(32, 1) })),
      names[0] ?? '',
    ),
    token: Buffer.alloc(0),
  });
  const faultsOf = (archives: ReturnType<typeof archive>[]) =>
    judgeArchives(archives, () => digest, ['signature.p7s', '委托书.pdf'], trust, at).faults;

  test('a document', () => {
    expect(faultsOf([archive(0, 1, 'signature.p7s')])).toEqual(['does not count: 委托书.pdf is not covered']);
  });
  test('the archive timestamp before it', () => {
    const { manifest } = archiveNames(0, 2);
    const all = ['signature.p7s', '委托书.pdf'];
    expect(faultsOf([archive(0, 2, ...all), archive(1, 2, ...all)])).toContain(
      `does not count: ${manifest} is not covered`,
    );
  });
});
