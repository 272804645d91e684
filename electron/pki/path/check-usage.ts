import type { Certificate } from '../certificate.ts';
import { KEY_USAGES, type KeyUsage } from '../extensions.ts';
import { OID } from '../oids.ts';
import type { Path } from './find-paths.ts';
import type { Usage } from './path-types.ts';

interface Need {
  /** One of these, where keyUsage is there at all. */
  keyUsages(leaf: Certificate): readonly KeyUsage[];
  /** One of these, where extKeyUsage is there at all. */
  readonly purposes: ReadonlySet<string>;
}

/**
 * clientAuth does not sign documents: a key that answers challenges of strangers would sign what they choose.
 */
const NEEDS: Readonly<Record<Exclude<Usage, 'any'>, Need>> = {
  sign: {
    keyUsages: () => ['digitalSignature', 'nonRepudiation'],
    purposes: new Set([
      OID.emailProtection,
      OID.documentSigning,
      OID.microsoftDocumentSigning,
      OID.adobeAuthenticDocuments,
    ]),
  },
  encrypt: {
    // RFC 3279 2.3.1, RFC 5480 3
    keyUsages: (leaf) => (leaf.keyAlgorithm === OID.ecPublicKey ? ['keyAgreement'] : ['keyEncipherment']),
    purposes: new Set([OID.emailProtection]),
  },
  timestamp: {
    keyUsages: () => ['digitalSignature', 'nonRepudiation'],
    purposes: new Set([OID.timeStamping]),
  },
  'tls-server': {
    // which bit is needed depends on the handshake, and is checked there (RFC 8446, 4.4.2.2); RFC 5280 asks for none
    keyUsages: () => KEY_USAGES,
    purposes: new Set([OID.serverAuth]),
  },
};

/**
 * Whether the leaf's key may do what is asked (RFC 5280, 4.2.1.3 and 4.2.1.12): what is wrong, or null. An extKeyUsage of a CA limits what it
 * issues, as every browser and operating system has it.
 */
export function usageViolation(path: Path, usage: Usage): string | null {
  const [leaf] = path;
  if (usage === 'any' || leaf === undefined) return null;
  const { keyUsages, purposes } = NEEDS[usage];
  if (usage === 'timestamp' && !isTsa(leaf)) return `extKeyUsage of ${leaf.subjectText}`;
  if (leaf.keyUsage !== null && !keyUsages(leaf).some((one) => leaf.keyUsage?.has(one))) {
    return `keyUsage of ${leaf.subjectText}`;
  }
  const unfit = path.find(({ extendedKeyUsage }) => extendedKeyUsage !== null && !allows(extendedKeyUsage, purposes));
  return unfit === undefined ? null : `extKeyUsage of ${unfit.subjectText}`;
}

/** RFC 3161, 2.3: the key is reserved for time-stamping, by an extension that is there, critical, and names nothing else. */
function isTsa({ extendedKeyUsage, extensions }: Certificate): boolean {
  const [purpose, ...others] = extendedKeyUsage ?? [];
  return purpose === OID.timeStamping && others.length === 0 && extensions.get(OID.extKeyUsage)?.critical === true;
}

function allows(extendedKeyUsage: readonly string[], purposes: ReadonlySet<string>): boolean {
  return extendedKeyUsage.some((id) => id === OID.anyExtendedKeyUsage || purposes.has(id));
}
