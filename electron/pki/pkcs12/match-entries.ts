import { createPublicKey, type KeyObject } from 'node:crypto';
import { isAppError } from '../../../shared/errors.ts';
import type { Certificate } from '../certificate.ts';
import type { BagAttributes } from './safe-contents.ts';

export interface Pkcs12Entry {
  readonly key: KeyObject;
  /** The one with the key's public half; null where the file has none. */
  readonly certificate: Certificate | null;
  readonly friendlyName: string | null;
  readonly localKeyId: Buffer | null;
}

export interface KeyWithAttributes extends BagAttributes {
  readonly key: KeyObject;
}

export interface CertificateWithAttributes extends BagAttributes {
  readonly certificate: Certificate;
}

/**
 * Finds each key's certificate. Only the public key decides, since a localKeyId is what somebody wrote; it chooses
 * among several certificates of one key (RFC 7292, 4.2, leaves the rest open).
 */
export function matchEntries(
  keys: readonly KeyWithAttributes[],
  certificates: readonly CertificateWithAttributes[],
): { readonly entries: Pkcs12Entry[]; readonly others: Certificate[] } {
  const byPublicKey = Map.groupBy(certificates, ({ certificate }) => publicKeyOf(certificate));
  const used = new Set<string>();
  const entries = keys.map(({ key, friendlyName, localKeyId }) => {
    const candidates = byPublicKey.get(fingerprint(createPublicKey(key))) ?? [];
    const match = candidates.find((candidate) => sameId(candidate.localKeyId, localKeyId)) ?? candidates[0] ?? null;
    if (match !== null) used.add(match.certificate.sha256);
    return {
      key,
      certificate: match?.certificate ?? null,
      friendlyName: friendlyName ?? match?.friendlyName ?? null,
      localKeyId: localKeyId ?? match?.localKeyId ?? null,
    };
  });
  const others = new Map(certificates.map(({ certificate }) => [certificate.sha256, certificate]));
  return { entries, others: [...others.values()].filter(({ sha256 }) => !used.has(sha256)) };
}

function sameId(a: Buffer | null, b: Buffer | null): boolean {
  return a !== null && b !== null && a.equals(b);
}

/** Of a key that this runtime does not know: nothing that equals another. */
function publicKeyOf(certificate: Certificate): string | null {
  try {
    return fingerprint(certificate.publicKey);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return null;
  }
}

function fingerprint(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}
