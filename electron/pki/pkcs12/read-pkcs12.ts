import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { type Certificate, parseCertificate } from '../certificate.ts';
import type { AlgorithmPolicy } from '../key-policy.ts';
import { describeAlgorithms, type Pkcs12Algorithms } from './describe-algorithms.ts';
import { matchEntries, type Pkcs12Entry } from './match-entries.ts';
import { asPkcs12Errors } from './pkcs12-errors.ts';
import { loadPrivateKeyInfo } from './private-key-info.ts';
import { type Pfx, readAuthenticatedSafe, readPfx } from './read-pfx.ts';
import { checkIntegrity, type KeyBag, unlockContents, unlockKey, withUnlock } from './unlock.ts';

export interface Pkcs12 {
  readonly entries: readonly Pkcs12Entry[];
  /** Those that belong to no key, each once. */
  readonly certificates: readonly Certificate[];
  /** `none`: nothing shows that the file is as it was written. */
  readonly integrity: 'mac' | 'pbmac1' | 'none';
  readonly description: Pkcs12Algorithms;
}

export interface Pkcs12Options extends AlgorithmPolicy {
  /** KDF iterations that the whole file may cost; `LIMITS.kdfIterations` where not given. */
  readonly maxIterations?: number;
}

/** More than any key ring or trust store in use; each key costs a signature to check. */
const MAX_KEYS = 64;
const MAX_CERTIFICATES = 1000;

/**
 * Opens a PKCS#12 (RFC 7292, 9579): DER, BER, PEM or base64, at most `LIMITS.pkcs12` bytes. The MAC is verified before
 * anything is decrypted. Blocks for as long as its iterations take: seconds for a file of 600,000 in the old schemes.
 * @returns null where `bytes` are not a PKCS#12 at all.
 * @throws AppError P12_PASSWORD_WRONG (or changed since its MAC was made), P12_MALFORMED, P12_ALGORITHM_REFUSED.
 */
export function readPkcs12(bytes: Buffer, password: string, options: Pkcs12Options = {}): Pkcs12 | null {
  return asPkcs12Errors(() => {
    const pfx = readPfx(bytes);
    return pfx === null ? null : open(pfx, password, options);
  });
}

function open(pfx: Pfx, password: string, options: Pkcs12Options): Pkcs12 {
  return withUnlock(password, options.maxIterations ?? LIMITS.kdfIterations, (unlock) => {
    checkIntegrity(pfx, unlock);
    const contents = readAuthenticatedSafe(pfx.authSafe);
    const bags = contents.flatMap((info) => unlockContents(info, unlock));
    const keyBags = bags.filter((bag): bag is KeyBag => bag.kind === 'key' || bag.kind === 'shrouded-key');
    const certificateBags = bags.filter((bag) => bag.kind === 'certificate');
    if (keyBags.length > MAX_KEYS || certificateBags.length > MAX_CERTIFICATES) {
      throw new AppError('P12_MALFORMED', { reason: 'too many entries' });
    }
    const certificates = certificateBags.map((bag) => ({
      certificate: parseCertificate(bag.der),
      ...bag.attributes,
    }));
    const keys = keyBags.map((bag) => ({
      key: loadPrivateKeyInfo(unlockKey(bag, unlock), options),
      ...bag.attributes,
    }));
    const { entries, others } = matchEntries(keys, certificates);
    const description = describeAlgorithms(pfx.mac, contents, bags);
    return { entries, certificates: others, integrity: description.integrity.kind, description };
  });
}
