import type { Json } from '../model/i-json.ts';
import type { OfficeType } from '../model/office-card.ts';
import type { Act, ProcedureType } from '../model/vocabulary.ts';
import type { PaperBody } from './paper.ts';

/** What papers are made from: one matter as a vault holds it. */

export interface PaperOffice {
  readonly name: string;
  readonly type: OfficeType;
}

export interface PaperDocument {
  readonly name: string;
  readonly kind: string;
  readonly size: number;
  readonly sha256: string;
}

/** A receipt of a counterpart. Its time is what the counterpart's vault says; who attests it stands beside it on the paper. */
export interface PaperReceipt {
  readonly m: string;
  readonly kind: 'delivered' | 'opened' | 'refused';
  readonly office: PaperOffice;
  readonly receivedAt: string;
  readonly indication: string;
  readonly subIndication: string | null;
  readonly code: string | null;
}

export interface PaperAct {
  readonly m: string;
  readonly act: Act;
  readonly form: Readonly<Record<string, Json>>;
  readonly createdAt: string;
  readonly sender: PaperOffice;
  /** The name of the person who signed; empty where the vault does not know it. */
  readonly person: string;
  readonly recipients: readonly PaperOffice[];
  readonly documents: readonly PaperDocument[];
  /** When the message was put into each recipient's mailbox, by our clock. */
  readonly postings: readonly { readonly office: PaperOffice; readonly postedAt: string }[];
  readonly receipts: readonly PaperReceipt[];
}

export interface PaperSource {
  readonly matter: {
    readonly id: string;
    readonly type: ProcedureType;
    readonly subtype: string;
    readonly title: string;
    readonly lead: PaperOffice;
  };
  /** Whose paper it is. */
  readonly act: PaperAct;
  /** All acts of the matter in the lead's order, `act` among them; the first one opened it. */
  readonly acts: readonly PaperAct[];
  /** What the issuing office's own pattern gives, or null: then the form's number or a blank stands on the paper. */
  readonly number: string | null;
}

/** One kind of paper. Which acts produce it stands with the procedure (`papers` of its acts). */
export interface PaperDefinition {
  readonly id: string;
  /** Its everyday name, for lists. */
  readonly title: string;
  readonly build: (source: PaperSource) => PaperBody;
}
