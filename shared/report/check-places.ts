/** Where each check belongs in EN 319 102-1, and what it looked at. Ids of checks of a timestamp are the same behind `timestamp-`. */

export type Block = 'format' | 'identification' | 'certificate' | 'crypto' | 'acceptance' | 'timestamp' | 'own';
export type Place =
  | 'envelope'
  | 'container'
  | 'manifest'
  | 'message'
  | 'signature'
  | 'timestamp'
  | 'certificates'
  | 'revocation'
  | 'card';

export const CHECK_PLACES = {
  envelope: ['own', 'envelope'],
  'content-authentic': ['own', 'envelope'],
  'container-structure': ['format', 'container'],
  'container-entries': ['format', 'container'],
  'container-kind': ['format', 'container'],
  'container-content': ['format', 'container'],
  folder: ['format', 'container'],
  manifest: ['format', 'manifest'],
  'manifest-digests': ['crypto', 'manifest'],
  message: ['own', 'message'],
  'message-documents': ['own', 'message'],
  signature: ['format', 'container'],
  'signature-structure': ['format', 'signature'],
  'signed-attributes': ['format', 'signature'],
  algorithms: ['acceptance', 'signature'],
  'certificate-found': ['identification', 'signature'],
  'message-digest': ['crypto', 'signature'],
  'signature-value': ['crypto', 'signature'],
  'signing-certificate': ['identification', 'signature'],
  'algorithm-protection': ['acceptance', 'signature'],
  cades: ['acceptance', 'signature'],
  'signature-timestamp': ['timestamp', 'timestamp'],
  'archive-timestamp': ['timestamp', 'timestamp'],
  imprint: ['timestamp', 'timestamp'],
  nonce: ['timestamp', 'timestamp'],
  policy: ['timestamp', 'timestamp'],
  extensions: ['timestamp', 'timestamp'],
  tsa: ['timestamp', 'timestamp'],
  time: ['timestamp', 'timestamp'],
  'path-found': ['certificate', 'certificates'],
  'path-profile': ['certificate', 'certificates'],
  'path-critical-extensions': ['certificate', 'certificates'],
  'path-keys': ['certificate', 'certificates'],
  'path-cas': ['certificate', 'certificates'],
  'path-name-constraints': ['certificate', 'certificates'],
  'path-policies': ['certificate', 'certificates'],
  'acceptable-policies': ['certificate', 'certificates'],
  'path-validity': ['certificate', 'certificates'],
  'path-search': ['certificate', 'certificates'],
  'key-usage': ['certificate', 'certificates'],
  'host-name': ['certificate', 'certificates'],
  revocation: ['certificate', 'revocation'],
  ocsp: ['certificate', 'revocation'],
  'signer-trusted': ['certificate', 'certificates'],
  'message-signer': ['own', 'message'],
  suite: ['own', 'message'],
  recipients: ['own', 'message'],
  'sender-bound': ['own', 'card'],
} as const satisfies Readonly<Record<string, readonly [Block, Place]>>;

export type KnownCheck = keyof typeof CHECK_PLACES;

/** A check that this version does not know shows by its id. */
export function isKnownCheck(id: string): id is KnownCheck {
  return Object.hasOwn(CHECK_PLACES, id);
}
