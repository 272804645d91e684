import { isAppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import type { Check, SubIndication } from '../../pki/verdict.ts';
import { archiveNames } from '../asic/entry-names.ts';
import { parseManifest } from '../asic/manifest.ts';
import { bufferContent } from '../cms/signed-content.ts';
import { parseTimestampToken } from '../timestamp/parse-timestamp.ts';
import { type TimestampTrust, verifyTimestamp } from '../timestamp/verify-timestamp.ts';
import { withEmbedded } from './embedded-values.ts';

/** An archive timestamp: a token over a manifest over entries. */
export interface Archive {
  readonly manifest: Buffer;
  /** DER. */
  readonly token: Buffer;
}

export interface ArchiveFinding {
  /** By then everything that the archive timestamps cover existed; null where they prove nothing. */
  readonly provenAt: Date | null;
  readonly checks: readonly Check[];
  /** Why some are over other data or altered; that a certificate ended or was revoked since is no such reason. */
  readonly faults: readonly string[];
}

/**
 * Goes back through archive timestamps (EN 319 162-1, A.7; EN 319 102-1, 5.6): the newest is judged now, each older one at the time that the one after it proves. What they
 * cover is then judged as of the oldest: certificates that ended since and algorithms that fell do not touch it. One that does not hold proves nothing, and those
 * before it are judged without it.
 *
 * @param archives the oldest first
 * @param digestOf of each entry under its name in a container with all of them; null where there is none
 * @param required names that each manifest must cover: what it leaves out, it does not prove
 */
export function judgeArchives(
  archives: readonly Archive[],
  digestOf: (name: string) => Sha256 | null,
  required: readonly string[],
  trust: TimestampTrust,
  at: Date,
): ArchiveFinding {
  const checks: Check[] = [];
  const faults: string[] = [];
  let provenAt: Date | null = null;
  for (let index = archives.length - 1; index >= 0; index--) {
    const archive = archives[index];
    if (archive === undefined) break;
    const before = archiveNames(index - 1, archives.length);
    const covered = index === 0 ? required : [...required, before.manifest, before.token];
    const found = judgeArchive(
      archive,
      archiveNames(index, archives.length).token,
      digestOf,
      covered,
      trust,
      provenAt ?? at,
    );
    checks.push(found.check);
    if (found.isAltered) faults.push(found.check.detail);
    if (found.provenAt !== null) provenAt = found.provenAt;
  }
  return { provenAt, checks, faults };
}

/** What a failed TSA certificate, not an altered token, comes to. */
const ENDED: ReadonlySet<SubIndication | null> = new Set(['REVOKED', 'EXPIRED']);

function judgeArchive(
  { manifest, token: der }: Archive,
  tokenName: string,
  digestOf: (name: string) => Sha256 | null,
  required: readonly string[],
  trust: TimestampTrust,
  at: Date,
): { readonly provenAt: Date | null; readonly check: Check; readonly isAltered: boolean } {
  const refuse = (detail: string, ok: false | null = false, isAltered = true) => ({
    provenAt: null,
    check: { id: 'archive-timestamp', ok, detail: `does not count: ${detail}` },
    isAltered,
  });
  try {
    const { signature, references } = parseManifest(manifest);
    if (signature !== tokenName) return refuse('manifest names another token');
    const wrong = references.find(({ name, digest }) => digestOf(name) !== digest.toString('hex'));
    if (wrong !== undefined) return refuse(`digest of ${wrong.name} differs`);
    const covered = new Set(references.map(({ name }) => name));
    const missing = required.find((name) => !covered.has(name));
    if (missing !== undefined) return refuse(`${missing} is not covered`);
    const token = parseTimestampToken(der, LIMITS.augmentedSignature);
    const content = bufferContent(manifest);
    const known = withEmbedded(trust, token.signedData);
    const { indication, subIndication, certificate } = verifyTimestamp({ token, content, trust: known, at });
    const { genTime } = token.info;
    if (indication !== 'TOTAL_PASSED') {
      const failed = indication === 'TOTAL_FAILED';
      const detail = `${subIndication} ${genTime.toISOString()}`;
      return refuse(detail, failed ? false : null, failed && !ENDED.has(subIndication));
    }
    const detail = `${genTime.toISOString()} by ${certificate?.subjectText ?? ''}`;
    return { provenAt: genTime, check: { id: 'archive-timestamp', ok: true, detail }, isAltered: false };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return refuse([error.code, ...Object.values(error.params)].join(' '));
  }
}
