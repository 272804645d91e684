import { z } from 'zod';
import { ERROR_KINDS, type ErrorCode } from '../errors.ts';
import { message } from './message.ts';
import { count, sha256 } from './schemas.ts';
import { INDICATIONS, SUB_INDICATIONS } from './verdict.ts';

/**
 * What `open` and `verify` find, and what every page about it is made from (cli.md). Times are RFC 3339 in UTC.
 * A change that takes a field away or gives it another meaning raises REPORT_VERSION; a new field does not.
 */
export const REPORT_VERSION = 1;

const time = z.iso.datetime();
const indication = z.enum(INDICATIONS);
const subIndication = z.enum(SUB_INDICATIONS).nullable();

export const reportCheck = z.strictObject({
  /** Stable, kebab-case: scripts and texts refer to it. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** null: not checked. */
  ok: z.boolean().nullable(),
  /** English, for the record; never shown without its id. */
  detail: z.string(),
  /** Index in `signers` where the check is about one of them. */
  signature: count.optional(),
});
export type ReportCheck = Readonly<z.infer<typeof reportCheck>>;

export const signerReport = z.strictObject({
  subject: z.string().nullable(),
  /** Hex. */
  serial: z
    .string()
    .regex(/^[0-9a-f]+$/)
    .nullable(),
  certificate: sha256.nullable(),
  /** Of the certificate; both bounds belong to it. */
  validity: z.strictObject({ notBefore: time, notAfter: time }).nullable(),
  algorithm: z.string(),
  /** Claimed: displayed, never relied on. */
  signingTime: time.nullable(),
  /** Proven: the signature existed then, by the earliest timestamp that holds. */
  timestamp: time.nullable(),
  /** Subject of the TSA that made it. */
  timestampAuthority: z.string().nullable(),
  /** Subjects, signer first. */
  path: z.array(z.string()),
  revocation: z.strictObject({
    status: z.enum(['good', 'revoked', 'unknown', 'not-checked']),
    source: z.string().nullable(),
    asOf: time.nullable(),
    revokedAt: time.nullable(),
    /** CRLReason by its name (RFC 5280, 5.3.1). */
    reason: z.string().nullable(),
  }),
  indication,
  subIndication,
  /** Indexes in `documents` of those that the signature is over; absent: of all. */
  documents: z.array(count).optional(),
});
export type SignerReport = Readonly<z.infer<typeof signerReport>>;

export const documentReport = z.strictObject({
  name: z.string(),
  mediaType: z.string().nullable(),
  /** Bytes. */
  size: count,
  sha256,
});
export type DocumentReport = Readonly<z.infer<typeof documentReport>>;

export const verificationReport = z.strictObject({
  version: z.literal(REPORT_VERSION),
  indication,
  subIndication,
  /** Code of the first failure. */
  code: z.enum(Object.keys(ERROR_KINDS) as [ErrorCode, ...ErrorCode[]]).nullable(),
  /** The moment that the verdict speaks of. */
  validationTime: time,
  /** Name of the message: SHA-256 of its manifest; null for containers of others. */
  m: sha256.nullable(),
  signers: z.array(signerReport),
  container: z.strictObject({
    profile: z.enum(['lexpost', 'ASiC-E', 'ASiC-S']).nullable(),
    /** Bytes. */
    size: count,
    encryption: z.string().nullable(),
  }),
  documents: z.array(documentReport),
  message: message.nullable(),
  /** In the order done. */
  checks: z.array(reportCheck),
});
export type VerificationReport = Readonly<z.infer<typeof verificationReport>>;
