import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { archiveNames } from '../../../electron/packages/asic/entry-names.ts';
import { buildArchiveManifest } from '../../../electron/packages/asic/manifest.ts';
import { judgeArchives } from '../../../electron/packages/verify/judge-archives.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import { craftToken, makeTsa } from '../../fixtures/craft-timestamp.ts';
import { AT, daysFrom, makeCa } from '../../fixtures/pki-material.ts';

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

test('an older archive timestamp falls with its authority’s certificate although a newer one proves that it was there before', () => {
  const root = makeCa('root');
  const ended = makeTsa(root, { notAfter: daysFrom(-5) });
  const [older, newer] = [archiveNames(0, 2), archiveNames(1, 2)];
  const document = { name: '委托书.pdf', sha256: Buffer.alloc(32, 1) };
  const stamp = (manifest: Buffer, days: number, signer: typeof ended) =>
    craftToken({ digest: hash('sha256', manifest, 'buffer'), genTime: daysFrom(days), signer });
  const first = buildArchiveManifest(older.token, [document], document.name);
  const token = stamp(first, -20, ended);
  const before = [
    { name: older.manifest, sha256: hash('sha256', first, 'buffer') },
    { name: older.token, sha256: hash('sha256', token, 'buffer') },
  ];
  const second = buildArchiveManifest(newer.token, [document, ...before], document.name);
  const digests = new Map([document, ...before].map(({ name, sha256 }) => [name, sha256.toString('hex') as Sha256]));
  const archives = [
    { manifest: first, token },
    { manifest: second, token: stamp(second, -10, makeTsa(root)) },
  ];
  const offline = { anchors: [root.certificate], crls: [], revocation: 'off' } as const;
  const judge = (some: typeof archives) =>
    judgeArchives(some, (name) => digests.get(name) ?? null, [document.name], offline, AT).provenAt;
  expect(judge(archives)).toEqual(daysFrom(-20));
});
