import { describe, expect, test } from 'vitest';
import { sealEnvelope } from '../../../electron/updates/envelope.ts';
import { judgeRelease } from '../../../electron/updates/judge-release.ts';
import { compareVersions, PAYLOAD_TYPE } from '../../../electron/updates/release.ts';
import { type ErrorCode, isAppError } from '../../../shared/errors.ts';
import { INSTALLED, NOW, newReleaseKey, pin, releaseOf, signRelease } from '../../fixtures/release-material.ts';

const key = newReleaseKey();
const stranger = newReleaseKey();
const options = { pinned: pin(key), installed: INSTALLED, seen: 0, now: NOW };

function codeOf(bytes: Buffer, change: Partial<typeof options> = {}): ErrorCode | 'taken' {
  try {
    judgeRelease(bytes, { ...options, ...change });
    return 'taken';
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

const signed = signRelease(releaseOf(), key);
const [installer] = releaseOf().installers;
const withInstaller = (change: object) => releaseOf({ installers: [{ ...installer, ...change } as never] });
const reshape = (bytes: Buffer, change: (envelope: Record<string, never>) => unknown): Buffer =>
  Buffer.from(JSON.stringify(change(JSON.parse(bytes.toString('utf8')))));

test('a signed, newer release for this machine is taken, and names one installer', () => {
  const { release, installer: found } = judgeRelease(signed, options);
  expect(release).toEqual(releaseOf());
  expect(found.name).toBe('LexPost-0.2.0-linux-x64.deb');
});

describe('refused', () => {
  test('by a build that pins no key, whoever signed', () => {
    expect(codeOf(signed, { pinned: pin() })).toBe('UPDATE_OFF');
  });

  test('signed by a key that this build does not know', () => {
    expect(codeOf(signRelease(releaseOf(), stranger))).toBe('UPDATE_KEY_UNKNOWN');
  });

  test('a stranger who claims the name of our key', () => {
    const { signatures } = JSON.parse(signed.toString('utf8')) as { signatures: { keyid: string }[] };
    const forged = reshape(signRelease(releaseOf({ version: '9.9.9' }), stranger), (envelope) => ({
      ...envelope,
      signatures: (envelope['signatures'] as unknown as object[]).map((one) => ({
        ...one,
        keyid: signatures[0]?.keyid,
      })),
    }));
    expect(codeOf(forged)).toBe('UPDATE_TAMPERED');
  });

  test('any changed bit of payload or signature', () => {
    const envelope = JSON.parse(signed.toString('utf8')) as { payload: string; signatures: { sig: string }[] };
    const flip = (base64: string, at: number, bit: number): string => {
      const bytes = Buffer.from(base64, 'base64');
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      return bytes.toString('base64');
    };
    const sig = envelope.signatures[0]?.sig ?? '';
    for (let at = 0; at < Buffer.from(envelope.payload, 'base64').length; at++) {
      const changed = { ...envelope, payload: flip(envelope.payload, at, at % 8) };
      expect(codeOf(Buffer.from(JSON.stringify(changed)))).toBe('UPDATE_TAMPERED');
    }
    for (let at = 0; at < 64; at++) {
      const signatures = [{ ...envelope.signatures[0], sig: flip(sig, at, at % 8) }];
      expect(codeOf(Buffer.from(JSON.stringify({ ...envelope, signatures })))).toBe('UPDATE_TAMPERED');
    }
  });

  test('a signature over the same bytes under another type', () => {
    const other = sealEnvelope('text/plain', Buffer.from(JSON.stringify(releaseOf())), [key]);
    expect(codeOf(other)).toBe('UPDATE_MALFORMED');
    expect(codeOf(reshape(other, (envelope) => ({ ...envelope, payloadType: PAYLOAD_TYPE })))).toBe('UPDATE_TAMPERED');
  });

  test.each([
    ['what is no JSON', Buffer.from('PK\u0003\u0004')],
    ['an envelope with more than it has', reshape(signed, (envelope) => ({ ...envelope, more: 1 }))],
    ['an envelope without signatures', reshape(signed, (envelope) => ({ ...envelope, signatures: [] }))],
    ['a signed text that is no release', signRelease({ ...releaseOf(), schema: 2 }, key)],
    ['a signed release with a member more', signRelease({ ...releaseOf(), run: 'setup' }, key)],
    ['another product of the same publisher', signRelease({ ...releaseOf(), product: 'org.lexpost.other' }, key)],
    [
      'a release that expires before it is published',
      signRelease(releaseOf({ expiresAt: '2026-11-01T00:00:00.000Z' }), key),
    ],
    ['a version that sorts in two ways', signRelease(releaseOf({ version: '0.2.0-rc.1' }), key)],
    ['an installer that is a path', signRelease(withInstaller({ name: '../../setup.exe' }), key)],
    ['an installer that is hidden', signRelease(withInstaller({ name: '.deb' }), key)],
    ['an installer that is no installer', signRelease(withInstaller({ name: 'setup.sh' }), key)],
    ['an installer of no size', signRelease(withInstaller({ size: 0 }), key)],
  ])('as malformed: %s', (_what, bytes) => expect(codeOf(bytes)).toBe('UPDATE_MALFORMED'));

  test('of another channel', () => {
    expect(codeOf(signRelease(releaseOf({ channel: 'beta' }), key))).toBe('UPDATE_CHANNEL');
  });

  test('from the moment at which it expires', () => {
    const end = Date.parse(releaseOf().expiresAt);
    expect(codeOf(signed, { now: new Date(end - 1) })).toBe('taken');
    expect(codeOf(signed, { now: new Date(end) })).toBe('UPDATE_EXPIRED');
  });

  test('older than what runs, however high its number', () => {
    const old = signRelease(releaseOf({ version: '0.0.9', release: 99 }), key);
    expect(codeOf(old)).toBe('UPDATE_OLDER');
    expect(codeOf(signRelease(releaseOf({ version: '0.1.0' }), key))).toBe('UPDATE_CURRENT');
  });

  test('older than what was seen, though newer than what runs', () => {
    expect(codeOf(signed, { seen: 7 })).toBe('taken');
    expect(codeOf(signed, { seen: 8 })).toBe('UPDATE_OLDER');
  });

  test.each([{ platform: 'win32' }, { arch: 'arm64' }, { kind: 'AppImage' }])('for another machine: %o', (change) => {
    expect(codeOf(signRelease(withInstaller(change), key))).toBe('UPDATE_PLATFORM');
  });
});

test('a change of keys: old and new sign, and a build that knows either takes it', () => {
  const both = signRelease(releaseOf(), key, stranger);
  expect(codeOf(both)).toBe('taken');
  expect(codeOf(both, { pinned: pin(stranger) })).toBe('taken');
  // One of ours that did not sign this is not made good by another that did
  const halfForged = reshape(both, (envelope) => {
    const [first, second] = envelope['signatures'] as unknown as { sig: string }[];
    return { ...envelope, signatures: [first, { ...second, sig: first?.sig }] };
  });
  expect(codeOf(halfForged, { pinned: pin(key, stranger) })).toBe('UPDATE_TAMPERED');
});

test('versions are ordered as numbers', () => {
  expect(['0.10.0', '0.9.1', '1.0.0', '0.9.0'].sort(compareVersions)).toEqual(['0.9.0', '0.9.1', '0.10.0', '1.0.0']);
});
