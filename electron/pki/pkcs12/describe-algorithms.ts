import { describeEncryption, type EncryptionDescription, type EncryptionScheme } from './encryption-scheme.ts';
import { describeIntegrity, type IntegrityDescription, type MacScheme } from './mac-scheme.ts';
import type { SafeContentInfo } from './read-pfx.ts';
import type { SafeBag } from './safe-contents.ts';

/** How a file is protected. */
export interface Pkcs12Algorithms {
  readonly integrity: IntegrityDescription;
  /** Each scheme in use once. */
  readonly encryption: readonly EncryptionDescription[];
  /** Names of what should no longer be written: a person who imports such a file ought to see them. */
  readonly legacy: readonly string[];
}

export function describeAlgorithms(
  mac: MacScheme | null,
  contents: readonly SafeContentInfo[],
  bags: readonly SafeBag[],
): Pkcs12Algorithms {
  const integrity = describeIntegrity(mac);
  const ofBags = bags.map((bag) => (bag.kind === 'shrouded-key' ? bag.encryption : null));
  const encryption = distinctSchemes([...contents.map((info) => info.encryption), ...ofBags]);
  const ciphers = encryption.filter(({ legacy }) => legacy).map(({ cipher }) => cipher);
  const legacy = integrity.legacy ? [...ciphers, `${integrity.digest} MAC`] : ciphers;
  return { integrity, encryption, legacy: [...new Set(legacy)] };
}

function distinctSchemes(schemes: readonly (EncryptionScheme | null)[]): EncryptionDescription[] {
  const found = schemes.flatMap((scheme) => (scheme === null ? [] : [describeEncryption(scheme)]));
  return [...new Map(found.map((description) => [JSON.stringify(description), description])).values()];
}
