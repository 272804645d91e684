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
