/**
 * Every error that may cross a process, be shown to a person or be relied on by a script has a stable code here.
 * The code is also its i18n key (`errors.<CODE>`), and its kind decides the exit status of the command (cli.md).
 */

/** What an error means for whoever asked: it decides the exit status of the command. */
export type ErrorKind = 'bad' | 'usage' | 'not-mine' | 'indeterminate' | 'environment';

export const ERROR_KINDS = {
  // The caller's own words or files
  USAGE: 'usage',
  IDENTIFIER_INVALID: 'usage',
  FORM_INVALID: 'usage',
  PAPER_UNKNOWN: 'usage',
  PAPER_PATTERN_INVALID: 'usage',

  // Packages: the sealed outside (RFC 5083, 5652)
  PACKAGE_NOT_FOR_ME: 'not-mine',
  PACKAGE_MALFORMED: 'bad',
  PACKAGE_TRUNCATED: 'bad',
  PACKAGE_TAMPERED: 'bad',
  PACKAGE_ALGORITHM_REFUSED: 'bad',
  PACKAGE_LIMIT_EXCEEDED: 'bad',
  PACKAGE_RECIPIENTS_MISMATCH: 'bad',
  PACKAGE_NOT_FOR_RECIPIENT: 'bad',

  // Containers: the signed inside (ETSI EN 319 162-1, RFC 5652)
  CONTAINER_MALFORMED: 'bad',
  CONTAINER_ENTRY_REFUSED: 'bad',
  CONTAINER_LIMIT_EXCEEDED: 'bad',
  MANIFEST_MALFORMED: 'bad',
  MANIFEST_MISMATCH: 'bad',
  SIGNATURE_MISSING: 'bad',
  SIGNATURE_MALFORMED: 'bad',
  SIGNATURE_INVALID: 'bad',
  SIGNATURE_ALGORITHM_REFUSED: 'bad',
  SIGNER_NOT_TRUSTED: 'bad',
  VERDICT_INDETERMINATE: 'indeterminate',
  MESSAGE_MALFORMED: 'bad',
  MESSAGE_TYPE_UNKNOWN: 'bad',
  MESSAGE_VERSION_NEWER: 'bad',
  MESSAGE_SIGNER_MISMATCH: 'bad',
  MESSAGE_DOCUMENTS_MISMATCH: 'bad',
  FILE_CHANGED: 'bad',
  FILE_TOO_LARGE: 'bad',
  RECIPIENT_REFUSED: 'bad',

  // Certificates, keys, PKCS#12
  CERTIFICATE_MALFORMED: 'bad',
  CERTIFICATE_NOT_TRUSTED: 'bad',
  CERTIFICATE_LIMIT_EXCEEDED: 'bad',
  CRL_MALFORMED: 'bad',
  OCSP_MALFORMED: 'bad',
  TIMESTAMP_MALFORMED: 'bad',
  TIMESTAMP_INVALID: 'bad',
  TIMESTAMP_NOT_TRUSTED: 'bad',
  TIMESTAMP_REFUSED: 'environment',
  CSR_MALFORMED: 'bad',
  KEY_MALFORMED: 'bad',
  KEY_PASSPHRASE_WRONG: 'bad',
  KEY_ALGORITHM_REFUSED: 'bad',
  KEY_MISSING: 'bad',
  P12_MALFORMED: 'bad',
  P12_PASSWORD_WRONG: 'bad',
  P12_ALGORITHM_REFUSED: 'bad',

  // Tokens: PKCS#11 modules, readers, cards
  TOKEN_MODULE_MISSING: 'environment',
  TOKEN_MODULE_FAILED: 'environment',
  TOKEN_MISSING: 'environment',
  TOKEN_REMOVED: 'environment',
  TOKEN_UNINITIALISED: 'environment',
  TOKEN_IN_USE: 'environment',
  TOKEN_PIN_NEEDED: 'environment',
  TOKEN_PIN_WRONG: 'bad',
  TOKEN_PIN_LAST_TRY: 'bad',
  TOKEN_PIN_LOCKED: 'bad',
  TOKEN_KEY_MISSING: 'bad',
  TOKEN_CANNOT: 'bad',
  TOKEN_WRITE_PROTECTED: 'environment',

  // Trust store
  ANCHOR_UNKNOWN: 'usage',
  ANCHOR_NOT_CA: 'bad',

  // Exchange (protocol.md)
  SENDER_NOT_BOUND: 'bad',
  KEY_NOT_FOR_ACT: 'bad',
  NOT_A_PARTICIPANT: 'bad',
  PARTICIPANTS_MISMATCH: 'bad',
  MATTER_UNKNOWN: 'bad',
  MATTER_NOT_OPENERS: 'bad',
  MESSAGE_UNKNOWN: 'bad',
  MESSAGE_EQUIVOCATION: 'bad',
  LEAD_EQUIVOCATION: 'bad',
  SEQUENCE_BROKEN: 'bad',
  ACT_NOT_ALLOWED: 'bad',
  RECEIPT_MISMATCH: 'bad',
  // Evidence bundles
  EVIDENCE_MALFORMED: 'bad',
  EVIDENCE_CONTRADICTED: 'bad',
  EVIDENCE_INCOMPLETE: 'indeterminate',
  EVIDENCE_CARD_OPEN: 'indeterminate',
  EVIDENCE_FINGERPRINT_UNMATCHED: 'indeterminate',
  EVIDENCE_CLOCKS_DIFFER: 'indeterminate',
  EVIDENCE_TOO_LARGE: 'bad',
  ALGORITHM_NOT_AVAILABLE: 'indeterminate',
  CARD_NOT_NEWER: 'bad',
  CARD_NOT_SIGNED_BY_OFFICE: 'bad',
  CARD_LOWERS_SUITE: 'bad',
  CARD_NEEDS_CONFIRMATION: 'indeterminate',
  CARD_NOT_PENDING: 'bad',
  FINGERPRINT_MISMATCH: 'bad',
  CARD_VAULT_CLAIMED: 'indeterminate',
  OFFICE_UNKNOWN: 'bad',
  PERSON_UNKNOWN: 'bad',
  ROUTE_UNAVAILABLE: 'environment',
  ROUTE_LOGIN_REFUSED: 'environment',
  ROUTE_SERVER_NOT_TRUSTED: 'environment',
  ROUTE_FULL: 'environment',
  ROUTE_READ_ONLY: 'environment',
  ROUTE_TOO_LARGE: 'environment',
  DELIVERY_OVERDUE: 'environment',
  NOT_DELIVERED: 'environment',
  ROUTE_MISBEHAVES: 'environment',
  QUOTA_EXCEEDED: 'bad',
  OFFER_MISSING: 'bad',
  OFFER_MISMATCH: 'bad',
  DIRECTORY_NOT_ACCEPTED: 'indeterminate',
  DIRECTORY_NOT_NEWER: 'bad',
  DIRECTORY_EXPIRED: 'bad',
  DIRECTORY_OUT_OF_SCOPE: 'bad',

  // Revocation data and timestamps over the network
  FETCH_REFUSED: 'environment',
  FETCH_FAILED: 'environment',
  PROOF_MISSING: 'indeterminate',

  // Updates of the program itself
  UPDATE_OFF: 'environment',
  UPDATE_MALFORMED: 'bad',
  UPDATE_KEY_UNKNOWN: 'bad',
  UPDATE_TAMPERED: 'bad',
  UPDATE_CHANNEL: 'bad',
  UPDATE_EXPIRED: 'bad',
  UPDATE_OLDER: 'bad',
  UPDATE_CURRENT: 'usage',
  UPDATE_PLATFORM: 'bad',
  UPDATE_INSTALLER_MISSING: 'environment',
  UPDATE_INSTALLER_CHANGED: 'bad',
  UPDATE_NOT_READY: 'usage',

  // Clocks
  CLOCK_RULE_UNKNOWN: 'usage',
  CLOCK_RULE_NOT_IN_FORCE: 'usage',
  CLOCK_TABLE_INVALID: 'environment',

  // Vault
  VAULT_NOT_FOUND: 'environment',
  VAULT_EXISTS: 'environment',
  VAULT_IN_USE: 'environment',
  VAULT_PASSPHRASE_WRONG: 'environment',
  VAULT_RECOVERY_KEY_WRONG: 'environment',
  VAULT_RECOVERY_KEY_MISTYPED: 'usage',
  VAULT_NEWER: 'environment',
  VAULT_CORRUPT: 'environment',
  VAULT_ROLLED_BACK: 'environment',
  VAULT_FROZEN: 'environment',
  AUDIT_CHAIN_BROKEN: 'bad',
  BLOB_MISSING: 'environment',
  BLOB_TAMPERED: 'bad',
  BACKUP_MALFORMED: 'bad',

  VAULT_LOCKED: 'environment',
  VAULT_OPEN: 'usage',
  VAULT_TRY_LATER: 'environment',
  RECOVERY_KEY_GONE: 'environment',

  // The window and its door
  REQUEST_REFUSED: 'bad',
  REQUEST_MALFORMED: 'bad',
  FILE_NOT_CHOSEN: 'usage',
  JOB_UNKNOWN: 'usage',

  // Desk: drafts, notes, views
  DRAFT_UNKNOWN: 'usage',
  DRAFT_CHANGED: 'usage',
  DRAFT_BUSY: 'usage',
  DRAFT_UNFINISHED: 'usage',
  PREFLIGHT_BLOCKED: 'bad',
  DOCUMENT_UNKNOWN: 'usage',
  NOTE_UNKNOWN: 'usage',
  NOT_READ: 'usage',

  // Machine
  FILE_NOT_FOUND: 'environment',
  FILE_NOT_READABLE: 'environment',
  FILE_EXISTS: 'environment',
  FOLDER_NOT_WRITABLE: 'environment',
  DISK_FULL: 'environment',
  IO_ERROR: 'environment',
  PATH_REFUSED: 'bad',
  CANCELLED: 'environment',
  NOT_CONFIRMED: 'environment',
  NODE_TOO_OLD: 'environment',
  INTERNAL: 'environment',
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERROR_KINDS;

/** Values that an error text may show: never a stack, a secret, or a path of the other side. */
export type ErrorParams = Readonly<Record<string, string | number | boolean>>;

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.params = params;
  }
}

export function isAppError(value: unknown): value is AppError {
  return value instanceof AppError;
}

export function hasCode(value: unknown, code: ErrorCode): boolean {
  return value instanceof AppError && value.code === code;
}

/** For a `switch` over a union that must stay complete. */
export function assertNever(value: never): never {
  throw new AppError('INTERNAL', { reason: `unexpected ${String(value)}` });
}
