import { z } from 'zod';
import { ERROR_KINDS, type ErrorCode } from '../errors.ts';
import { count, instant, matterId, officeId, sha256 } from './schemas.ts';
import { INDICATIONS, SUB_INDICATIONS } from './verdict.ts';
import { reportCheck } from './verification-report.ts';

/** What `evidence verify` and the evidence page find. Times are RFC 3339 in UTC; whatever is called claimed nobody proves. */
export const EVIDENCE_REPORT_VERSION = 1;

const code = z.enum(Object.keys(ERROR_KINDS) as [ErrorCode, ...ErrorCode[]]).nullable();
const time = z.iso.datetime();
const judgedCard = {
  m: sha256,
  indication: z.enum(INDICATIONS),
  subIndication: z.enum(SUB_INDICATIONS).nullable(),
  code,
  /** Existed by then, by a timestamp; null: only claimed. */
  provenAt: time.nullable(),
};
/** `stampedBy`: subject of the TSA that says so. */
const judged = { ...judgedCard, stampedBy: z.string().nullable() };

export const evidenceCard = z.strictObject({
  ...judgedCard,
  office: officeId,
  name: z.string(),
  version: count,
  fingerprint: sha256,
  /** On what it rests: a CA the verifier entered, a fingerprint the verifier compared, an earlier card that does, or nothing. */
  restsOn: z.enum(['anchor', 'fingerprint', 'earlier-card', 'nothing']),
});
export type EvidenceCard = z.infer<typeof evidenceCard>;

export const evidenceReceipt = z.strictObject({
  ...judged,
  kind: z.string(),
  office: officeId,
  /** Claimed. */
  receivedAt: instant,
  pos: count.nullable(),
});
export type EvidenceReceipt = z.infer<typeof evidenceReceipt>;

export const evidenceMessage = z.strictObject({
  ...judged,
  kind: z.enum(['act', 'enclosure']),
  act: z.string().nullable(),
  office: officeId,
  /** Who signed, as the card of the office names that person. */
  person: z.string().nullable(),
  signer: z.string().nullable(),
  /** Claimed. */
  createdAt: instant,
  /** In the lead's order; null: not counted. */
  pos: count.nullable(),
  voidCode: code,
  documents: z.array(z.strictObject({ name: z.string(), size: count, sha256 })),
  receipts: z.array(evidenceReceipt),
});
export type EvidenceMessage = z.infer<typeof evidenceMessage>;

export const evidenceReport = z.strictObject({
  version: z.literal(EVIDENCE_REPORT_VERSION),
  indication: z.enum(INDICATIONS),
  code,
  validationTime: time,
  /** The bundle that the verdict speaks of. Bytes. */
  file: z.strictObject({ size: count, sha256 }),
  /** Anchors that the verifier entered. */
  anchors: z.array(z.strictObject({ subject: z.string(), sha256 })),
  matter: matterId.nullable(),
  type: z.string().nullable(),
  /** The bundle's own words, unsigned. */
  exported: z.strictObject({ by: officeId, at: instant, program: z.string() }).nullable(),
  /** The lead's order is whole up to this position, as far as anybody can tell who has this bundle: later acts may exist. */
  completeUpTo: count,
  /** By the act that opened the matter. */
  parties: z.strictObject({ opener: officeId, lead: officeId, participants: z.array(officeId) }).nullable(),
  procedure: z.string().nullable(),
  state: z.string().nullable(),
  clocks: z.array(
    z.strictObject({ id: z.string(), rule: z.string().nullable(), due: z.string().nullable(), state: z.string() }),
  ),
  cards: z.array(evidenceCard),
  messages: z.array(evidenceMessage),
  gaps: z.strictObject({
    /** Named by what is here, and not here. */
    unresolved: z.array(sha256),
    /** `office vault epoch seq` of places in an author's sequence that are empty. */
    sequence: z.array(z.string()),
    /** Positions of the lead that are empty or without a receipt. */
    positions: z.array(count),
    /** Acts that no other office has receipted. */
    unacknowledged: z.array(sha256),
    /** Acts without a place in the lead's order. */
    uncounted: z.array(sha256),
    /** Enclosures that were given to others than the exporting office. */
    notShown: z.array(sha256),
  }),
  /** Anchors that the bundle says its maker trusted: shown, never used. */
  snapshot: z.array(z.strictObject({ subject: z.string(), sha256, entered: z.boolean() })),
  checks: z.array(reportCheck),
});
export type EvidenceReport = z.infer<typeof evidenceReport>;
