import { PROCEDURE_TYPES as LISTED } from './procedure-types.ts';

/** The closed word lists of the protocol. A word that is not here is refused with MESSAGE_TYPE_UNKNOWN. */

export const MESSAGE_VERSION = 1;

/** CMS AES-256-GCM, SHA-256 throughout, RSAES-OAEP-SHA256 or ECDH with X9.63 KDF-SHA256 and AES-256 key wrap. */
export const SUITES = ['LP1-A256GCM-SHA256'] as const;
export type Suite = (typeof SUITES)[number];

/** What the procedures in `shared/procedures/kinds` say of themselves. */
export const PROCEDURE_TYPES = LISTED;
export type ProcedureType = (typeof PROCEDURE_TYPES)[number];

/** 机构: who may exchange. */
export const OFFICE_TYPES = [
  'law-firm',
  'legal-aid-centre',
  'notary-office',
  'procuratorate',
  'court',
  'judicial-bureau',
  'other',
] as const;

export const ACTS = [
  'submit',
  'receipt',
  'supplement-request',
  'supplement',
  'decision',
  'deliver',
  'withdraw',
  'close',
  // Inside an open matter: what somebody asks for (控告, 异议, 复查), and what somebody says that decides nothing (逾期, 中止, 改期).
  'request',
  'notice',
] as const;
export type Act = (typeof ACTS)[number];

export const MESSAGE_KINDS = [
  'act',
  'enclosure',
  'receipt',
  'sync-request',
  'card',
  'non-delivery',
  'offer',
  'directory',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export const RECEIPT_KINDS = ['delivered', 'opened', 'refused'] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];
