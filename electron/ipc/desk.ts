import type { Language } from '../../shared/i18n/create-i18n.ts';
import type { FILE_PURPOSES, FOLDER_PURPOSES, Preferences } from '../../shared/ipc/channels/app.ts';
import type { EventName, EventOf, RequestOf, ResponseOf } from '../../shared/ipc/contract.ts';
import type { ActQuestion } from '../../shared/model/act-question.ts';
import type { Instant } from '../../shared/model/brand.ts';
import type { ReviewSummary } from '../usecases/desk/view-draft.ts';
import type { Page } from '../usecases/recovery-sheet.ts';
import type { FileTokens } from '../usecases/session/file-tokens.ts';
import type { OfficeSession } from '../usecases/session/office-session.ts';
import type { UpdateDesk } from '../usecases/updates/update-desk.ts';

/** What the shell does for handlers: everything that a person sees outside the window. Paths stay on this side of the door. */
export interface Shell {
  info(): ResponseOf<'app:info'>;
  licences(): Promise<ResponseOf<'app:licences'>>;
  /** The language that the window speaks now. */
  language(): Language;
  preferences(): Promise<Preferences>;
  setPreferences(change: RequestOf<'app:set-preferences'>): Promise<Preferences>;
  /** Paths that a link or a double click brought and nobody has taken yet. */
  takeProposals(): Promise<string[]>;
  /** Empty where the dialog was closed. */
  chooseFiles(purpose: (typeof FILE_PURPOSES)[number], several: boolean): Promise<string[]>;
  chooseFolder(purpose: (typeof FOLDER_PURPOSES)[number]): Promise<string | null>;
  /** Where to write; null where the dialog was closed. Replacing a file was asked for by the dialog. */
  chooseTarget(suggestedName: string): Promise<string | null>;
  /** Main's own question before a signature: the window cannot draw over it or answer it. */
  confirmSigning(summary: ReviewSummary): Promise<boolean>;
  /** Main's own question before the office trusts or reaches somebody else than before. */
  confirmAct(question: ActQuestion): Promise<boolean>;
  /** Main's own question before an installer is handed to the system. */
  confirmUpdate(version: string): Promise<boolean>;
  /** Lets the system open it, or show it where it cannot be opened. @throws AppError IO_ERROR */
  openInstaller(path: string): Promise<void>;
  /** A whole HTML page without scripts and without anything to fetch; false where the person closed the dialog of the printer. */
  print(page: Page): Promise<boolean>;
  /** The same page as a PDF. */
  drawPdf(page: Page): Promise<Uint8Array>;
  /** Applied at once and whenever it changes. */
  applySettings(settings: ResponseOf<'settings:show'>): void;
  /** When somebody is to be reminded, each time that this changes; it outlasts the lock. */
  keepReminders(times: readonly Instant[]): void;
}

/** What every handler is given beside its request. */
export interface Desk {
  readonly session: OfficeSession;
  readonly files: FileTokens;
  readonly shell: Shell;
  readonly updates: UpdateDesk;
  readonly now: () => Date;
  readonly tell: <Name extends EventName>(name: Name, payload: EventOf<Name>) => void;
}
