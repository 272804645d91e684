/**
 * A paper that an office prints, as data: what stands on it, in order, and nothing about where on the page. The window shows the same words
 * that the PDF carries. Papers are Chinese legal texts; there is no other language for them, so their words live here and not in shared/i18n.
 */

/** A place to be filled in by hand, as many full-width characters wide as `blank` says. */
export interface Blank {
  readonly blank: number;
}

export type Inline = string | Blank;
export type Text = readonly Inline[];

export type Align = 'left' | 'center' | 'right' | 'justify';

export interface Cell {
  readonly text: Text;
  readonly align?: Align;
  readonly bold?: boolean;
  /** How many columns it covers. */
  readonly span?: number;
}

export interface Table {
  readonly kind: 'table';
  /** Relative widths of the columns. */
  readonly columns: readonly number[];
  /** Repeated on every page that the table reaches. */
  readonly head?: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Block =
  | { readonly kind: 'heading'; readonly text: Text }
  /** `indent`: full-width characters before the first line. `hanging`: before the others. */
  | {
      readonly kind: 'paragraph';
      readonly text: Text;
      readonly indent: number;
      readonly hanging?: number;
      readonly align?: Align;
    }
  | Table
  /** Small print below a form: 说明. */
  | { readonly kind: 'note'; readonly text: Text }
  | { readonly kind: 'space'; readonly lines: number };

export interface Signature {
  /** Who signs: an office's name, or a label with a place to sign by hand. */
  readonly lines: readonly Text[];
  /** Words that mark where a seal goes, as printed forms have them. No seal is ever drawn. */
  readonly sealMark?: '（盖章）' | '（公章）';
  readonly date: Text;
}

/** `letter`: 信函格式 of GB/T 9704 with the red rules, for organs only. `notice`: black title below the office's name. `plain`: firms and applicants. `form`: tables. */
export type Style = 'letter' | 'notice' | 'plain' | 'form';

/**
 * Where elements and order come from, said at the foot of each page: `ministry` 司法部《法律援助文书格式》 (2023), `statute` the law names the
 * elements, `practice` published samples, `custom` nobody prescribes it.
 */
export type Origin = 'ministry' | 'statute' | 'practice' | 'custom';

export interface PaperNumber {
  readonly label: string;
  /** Null: the office set no pattern and the paper has no number; the place stays blank. */
  readonly value: string | null;
}

/** What a paper says, before it is tied to a message. */
export interface PaperBody {
  readonly style: Style;
  /** Null for what is no legal paper. */
  readonly origin: Origin | null;
  /** The office in whose name the paper goes out. */
  readonly issuer: string;
  /** Its lines: a long one is broken by sense, as titles are. */
  readonly title: readonly string[];
  readonly number: PaperNumber | null;
  readonly addressee: Text | null;
  readonly blocks: readonly Block[];
  readonly attachments: readonly string[];
  readonly signature: Signature | null;
  /** After the signature: receipt lines, the office's own part of a form, 说明. */
  readonly tail: readonly Block[];
}

/** The signed message that a paper shows. */
export interface PaperReference {
  readonly matter: string;
  /** SHA-256 of the message's signed manifest (protocol.md 2), 64 hex digits. */
  readonly m: string;
}

export interface Paper extends PaperBody {
  readonly id: string;
  /** `draft`: nothing is signed yet. Null: no message carries it, e.g. a report or a sheet for the safe. */
  readonly reference: PaperReference | 'draft' | null;
}
