import type { KeyObject } from 'node:crypto';
import { LIMITS } from '../../../shared/limits.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import { parseCertificate } from '../certificate.ts';
import { describeAlgorithms, type Pkcs12Algorithms } from './describe-algorithms.ts';
import { describeEncryption, type EncryptionDescription } from './encryption-scheme.ts';
import { asPkcs12Errors } from './pkcs12-errors.ts';
import { loadPrivateKeyInfo } from './private-key-info.ts';
import { type Pfx, readAuthenticatedSafe, readBer, readPfx, type SafeContentInfo } from './read-pfx.ts';
import type { Pkcs12Options } from './read-pkcs12.ts';
import { readSafeContents, type SafeBag } from './safe-contents.ts';
import { checkIntegrity, type Unlock, unlockContents, unlockKey, withUnlock } from './unlock.ts';

export interface Pkcs12Description extends Pkcs12Algorithms {
  /** Whether a password opened it: otherwise nothing of it has been verified. */
  readonly unlocked: boolean;
  readonly contents: readonly ContentsDescription[];
}

/** One SafeContents of the file. */
export interface ContentsDescription {
  readonly encryption: EncryptionDescription | null;
  /** null: encrypted, and no password was given. */
  readonly bags: readonly BagDescription[] | null;
}

export interface BagDescription {
  readonly kind: SafeBag['kind'];
  readonly friendlyName: string | null;
  /** Hexadecimal. */
  readonly localKeyId: string | null;
  readonly encryption: EncryptionDescription | null;
  /** `RSA-3072`, `P-256`, `Ed25519`; null where locked or no key. */
  readonly key: string | null;
  readonly certificate: CertificateSummary | null;
}

export interface CertificateSummary {
  readonly subject: string;
  readonly issuer: string;
  readonly sha256: Sha256;
  readonly notBefore: string;
  readonly notAfter: string;
}

const CURVE_NAMES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

/**
 * What a file holds and how it is protected: without a password as far as it lies open, with one in full.
 * Weak keys are described, not refused. Same errors and null as readPkcs12.
 */
export function describePkcs12(
  bytes: Buffer,
  password: string | null,
  options: Pkcs12Options = {},
): Pkcs12Description | null {
  return asPkcs12Errors(() => {
    const pfx = readPfx(bytes);
    if (pfx === null) return null;
    if (password === null) return describeLocked(pfx);
    return withUnlock(password, options.maxIterations ?? LIMITS.kdfIterations, (unlock) => {
      checkIntegrity(pfx, unlock);
      return describeUnlocked(pfx, unlock);
    });
  });
}

function describeLocked(pfx: Pfx): Pkcs12Description {
  const contents = readAuthenticatedSafe(pfx.authSafe).map((info) => ({
    info,
    bags: info.encryption === null ? readSafeContents(readBer(info.content)) : null,
  }));
  return describe(pfx, contents, null);
}

function describeUnlocked(pfx: Pfx, unlock: Unlock): Pkcs12Description {
  const contents = readAuthenticatedSafe(pfx.authSafe).map((info) => ({ info, bags: unlockContents(info, unlock) }));
  return describe(pfx, contents, unlock);
}

function describe(
  pfx: Pfx,
  contents: readonly { readonly info: SafeContentInfo; readonly bags: readonly SafeBag[] | null }[],
  unlock: Unlock | null,
): Pkcs12Description {
  const infos = contents.map(({ info }) => info);
  const allBags = contents.flatMap(({ bags }) => bags ?? []);
  return {
    ...describeAlgorithms(pfx.mac, infos, allBags),
    unlocked: unlock !== null,
    contents: contents.map(({ info, bags }) => ({
      encryption: info.encryption === null ? null : describeEncryption(info.encryption),
      bags: bags?.map((bag) => describeBag(bag, unlock)) ?? null,
    })),
  };
}

function describeBag(bag: SafeBag, unlock: Unlock | null): BagDescription {
  const { friendlyName, localKeyId } = bag.attributes;
  return {
    kind: bag.kind,
    friendlyName,
    localKeyId: localKeyId?.toString('hex') ?? null,
    encryption: bag.kind === 'shrouded-key' ? describeEncryption(bag.encryption) : null,
    key: unlock === null ? null : describeKeyBag(bag, unlock),
    certificate: bag.kind === 'certificate' ? summarizeCertificate(bag.der) : null,
  };
}

function describeKeyBag(bag: SafeBag, unlock: Unlock): string | null {
  if (bag.kind !== 'key' && bag.kind !== 'shrouded-key') return null;
  return keyName(loadPrivateKeyInfo(unlockKey(bag, unlock), { allowLegacy: true }));
}

function keyName(key: KeyObject): string {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined) return `RSA-${modulusLength}`;
  return namedCurve === undefined ? 'Ed25519' : (CURVE_NAMES[namedCurve] ?? namedCurve);
}

function summarizeCertificate(der: Buffer): CertificateSummary {
  const { subjectText, issuerText, sha256, notBefore, notAfter } = parseCertificate(der);
  const validity = { notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString() };
  return { subject: subjectText, issuer: issuerText, sha256, ...validity };
}
