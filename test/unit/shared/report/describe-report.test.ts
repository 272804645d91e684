import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { SUB_INDICATIONS } from '../../../../shared/model/verdict.ts';
import { verificationReport } from '../../../../shared/model/verification-report.ts';
import { CHECK_PLACES } from '../../../../shared/report/check-places.ts';
import { FACT_IDS } from '../../../../shared/report/report-view.ts';
import { check, ofSigner, report, signer, view } from './report-material.ts';

const failed = (subIndication: 'TRY_LATER') =>
  signer({
    indication: 'INDETERMINATE',
    subIndication,
    revocation: { ...signer().revocation, status: 'unknown', source: null },
  });

describe('the band', () => {
  test('"valid" without its time and source is said', () => {
    expect(view(report()).band.headline).toBe('签名有效，截至 2026-11-24 08:00:00，来源 CRL');
    expect(view(report(), 'en').band.headline).toBe('Signature valid as of 24 Nov 2026 08:00:00, by CRL');
  });

  test('of several good signatures the newest source is named, not the oldest', () => {
    const older = signer({
      revocation: { ...signer().revocation, source: 'OCSP CN=R', asOf: '2026-11-20T00:00:00.000Z' },
    });
    const headline = view(report({ signers: [signer(), older], checks: [...ofSigner(0), ...ofSigner(1)] })).band
      .headline;
    expect(headline).toBe('2 个签名全部有效，截至 2026-11-20 08:00:00，来源 OCSP');
  });

  test('one good signature hides one that is open', () => {
    const mixed = view(
      report({
        indication: 'INDETERMINATE',
        subIndication: 'TRY_LATER',
        signers: [signer(), failed('TRY_LATER')],
        checks: [...ofSigner(0), ...ofSigner(1)],
      }),
    );
    expect(mixed.band.tone).toBe('waiting');
    expect(mixed.band.headline).toBe('不能确定：2 个签名中，1 个有效，1 个暂无法判断');
    expect(mixed.band.lines[0]).toContain('第 2 个签名：取不到吊销信息。');
    expect(mixed.signatures.map(({ tone }) => tone)).toEqual(['done', 'waiting']);
    expect(mixed.signatures[0]?.advice).toBeNull();
  });

  test('"cannot be decided" sounds like "invalid"', () => {
    const open = report({ indication: 'INDETERMINATE', subIndication: 'TRY_LATER', signers: [failed('TRY_LATER')] });
    expect(view(open).paragraph).toMatch(/^不能确定：取不到吊销信息。文件自签名后未被改动。这不等于无效。/);
    expect(view(open, 'en').paragraph).toMatch(
      /^Cannot be decided: no revocation data\. Nothing was altered since it was signed\. Not the same as invalid\. /,
    );
  });

  test('altered content is said to be whole', () => {
    const altered = report({
      indication: 'TOTAL_FAILED',
      subIndication: 'HASH_FAILURE',
      signers: [],
      documents: [],
      checks: [check('manifest-digests', false)],
    });
    const { band } = view(altered);
    expect([band.tone, band.lines[0]]).toEqual(['failed', '至少有一处内容与签名时不同。']);
    expect(band.lines[1]).toMatch(/^不要采信。/);
  });

  test('what was never reached is said to be whole', () => {
    const broken = report({ indication: 'TOTAL_FAILED', subIndication: 'FORMAT_FAILURE', signers: [], checks: [] });
    expect(view(broken).band.lines[0]).toBe('文件是否被改动，没有核验到。');
  });

  test('the clock and the rules are left out', () => {
    expect(view(report()).band.meta).toMatch(/2026-11-24 10:20:31（本机时钟）.*UTC\+8.*EN\s319\s102-1/);
  });
});

describe.each(['zh-CN', 'en'] as const)('%s', (language) => {
  test.each(SUB_INDICATIONS)('%s: without a sentence of its own', (subIndication) => {
    const open = report({ indication: 'INDETERMINATE', subIndication, signers: [] });
    const { headline, lines } = view(open, language).band;
    expect(headline).not.toMatch(/report\.|\{\{|_/);
    expect(lines.join('')).not.toMatch(/report\.|\{\{/);
  });
});

describe('the five facts', () => {
  const facts = (of: Parameters<typeof report>[0]) => {
    const found = view(report(of)).signatures[0]?.facts ?? [];
    return Object.fromEntries(found.map(({ id, tone, value, source }) => [id, [tone, value, source]]));
  };

  test('are five, in their order, each with its source', () => {
    const found = view(report()).signatures[0]?.facts ?? [];
    expect(found.map(({ id }) => id)).toEqual([...FACT_IDS]);
    expect(facts({})).toEqual({
      time: ['done', '不晚于 2026-11-23 16:42:12', '某省时间戳服务，RFC 3161'],
      integrity: ['done', '1 个文件的摘要全部相符', 'sha256, ecdsaWithSHA256'],
      path: ['done', '可信：安徽徽正律师事务所 ← 政法签发 CA ← 政法根 CA', '信任根 政法根 CA'],
      revocation: ['done', '良好，截至 2026-11-24 08:00:00', 'CRL dddddddd…dddddddd'],
      identity: ['none', '没有名片可比对', null],
    });
  });

  test('a claimed time counts as proven', () => {
    const [tone, value] = facts({ signers: [signer({ timestamp: null, timestampAuthority: null })] })['time'] ?? [];
    expect([tone, value]).toEqual(['waiting', '签署人自称 2026-11-23 16:42:10，没有时间戳佐证']);
  });

  test('a timestamp that does not count is passed over in silence', () => {
    const signers = [signer({ timestamp: null })];
    const checks = [...ofSigner(0), check('signature-timestamp', null, 0)];
    expect(facts({ signers, checks })['time']?.[1]).toContain('所附时间戳不能采信');
  });

  test('a revoked certificate is shown without when and why', () => {
    const revocation = {
      ...signer().revocation,
      status: 'revoked' as const,
      revokedAt: '2026-11-01T00:00:00.000Z',
      reason: 'keyCompromise',
    };
    const revoked = { indication: 'INDETERMINATE', subIndication: 'REVOKED_NO_POE' } as const;
    const found = facts({ ...revoked, signers: [signer({ ...revoked, revocation })] });
    expect(found['revocation']?.slice(0, 2)).toEqual(['failed', '已于 2026-11-01 08:00:00 吊销（私钥泄露）']);
  });

  test('a certificate on hold is called revoked', () => {
    const revocation = { ...signer().revocation, status: 'revoked' as const, reason: 'certificateHold' };
    const held = { indication: 'INDETERMINATE', subIndication: 'TRY_LATER' } as const;
    expect(view(report({ ...held, signers: [signer({ ...held, revocation })] })).band.headline).toBe(
      '不能确定：证书被暂停使用',
    );
  });

  test('a pinned certificate looks like one that an authority vouches for', () => {
    const pinned = signer({ path: ['CN=甲'], revocation: { ...signer().revocation, status: 'not-checked' } });
    expect(facts({ signers: [pinned] })['path']?.[1]).toBe('直接信任：甲');
    expect(view(report({ signers: [pinned] })).band.lines[1]).toMatch(/^签署证书是直接信任的/);
  });

  test('a sender whom no card allows is called trusted', () => {
    const checks = [...ofSigner(0), check('sender-bound', false)];
    const unbound = view(report({ indication: 'INDETERMINATE', subIndication: 'SIG_CONSTRAINTS_FAILURE', checks }));
    expect(unbound.band.headline).toBe('不能确定：机构名片没有授权这张证书签署此项');
    expect(unbound.signatures[0]?.facts.at(-1)).toMatchObject({ tone: 'failed' });
    expect(unbound.signatures[0]?.word).toBe('不能确定');
  });

  test('checks of the TSA are taken for the signer’s', () => {
    const checks = [check('timestamp-path-found', false, 0), ...ofSigner(0)];
    expect(facts({ checks })['path']?.[0]).toBe('done');
  });
});

describe('the detailed report', () => {
  const electron = fileURLToPath(new URL('../../../../electron', import.meta.url));
  const sources = ['packages', 'pki'].flatMap((room) =>
    readdirSync(join(electron, room), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(electron, room, name), 'utf8')),
  );
  const WRITTEN =
    /(?:\bid: |(?:pass|fail|notChecked|attempt)\(\s*\w+,\s*|(?:finding|malformed)\(\s*|note\(\s*progress,\s*)'(?<id>[a-z][a-z0-9-]*)'/g;
  const ids = [
    ...new Set(sources.flatMap((text) => [...text.matchAll(WRITTEN)].map(({ groups }) => groups?.['id'] ?? ''))),
  ];

  test('a check that the code makes has no name and no place in EN 319 102-1', () => {
    expect(ids.length).toBeGreaterThan(35);
    const unknown = ids.filter((id) => !Object.hasOwn(CHECK_PLACES, id.replace(/^timestamp-/, '')));
    expect(unknown).toEqual([]);
  });

  test('every check stands there once, in the order done', () => {
    const { checks, signatures } = view(report());
    expect(checks.map(({ id }) => id)).toEqual(['container-structure', 'sender-bound']);
    expect(signatures[0]?.checks.map(({ id }) => id)).toEqual(ofSigner(0).map(({ id }) => id));
  });

  test('a check that this version does not know breaks the page', () => {
    const [one] = view(report({ checks: [check('from-the-future', false)] })).checks;
    expect(one).toMatchObject({ id: 'from-the-future', name: 'from-the-future', tone: 'failed' });
  });
});

test('a report that came through JSON is another one', () => {
  const parsed = verificationReport.parse(JSON.parse(JSON.stringify(report())));
  expect(view(parsed)).toEqual(view(report()));
  expect(() => verificationReport.parse({ ...report(), version: 2 })).toThrow();
});
