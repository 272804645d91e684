import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type BrowserWindow, Menu, nativeTheme } from 'electron';
import { createI18n, type Language, type Translate } from '../../shared/i18n/create-i18n.ts';
import { appChannels, type Preferences } from '../../shared/ipc/channels/app.ts';
import type { ActQuestion } from '../../shared/model/act-question.ts';
import type { Instant } from '../../shared/model/brand.ts';
import type { Settings } from '../../shared/model/settings.ts';
import { confirmAct } from './confirm-act.ts';
import { confirmSigning, type SigningQuestion } from './confirm-signing.ts';
import { confirmUpdate, openInstaller } from './confirm-update.ts';
import { displayLanguage } from './display-language.ts';
import { chooseFiles, chooseFolder, chooseTarget, type FilePurpose, type FolderPurpose } from './file-dialogs.ts';
import { notify } from './notify.ts';
import { createMenu, type WindowCommand } from './office-menu.ts';
import { oneQuestionAtATime } from './one-question-at-a-time.ts';
import type { PreferencesFile } from './preferences-file.ts';
import type { PrintedPages } from './printed-pages.ts';
import { startReminderClock } from './reminder-clock.ts';

const MOST_PROPOSALS = 100;

export interface OfficeShellOptions {
  /** Folder of the built app. */
  readonly bundle: string;
  readonly preferences: PreferencesFile;
  readonly pages: PrintedPages;
  /** The window runs in a browser of the system, for looking at. */
  readonly isPreview: boolean;
  readonly window: {
    /** @throws where the window is gone */
    get(): BrowserWindow;
    find(): BrowserWindow | null;
  };
  readonly choose: (command: WindowCommand) => void;
  readonly now: () => Date;
}

/** Everything that a person sees of the program outside the page, in the language of the page. */
export function createOfficeShell({ bundle, preferences, pages, isPreview, window, choose, now }: OfficeShellOptions) {
  const i18n = createI18n(displayLanguage(preferences.read()));
  const translate: Translate = i18n.t;
  let settings: Settings | null = null;
  let proposals: string[] = [];
  // What the vault said last counts while it is locked too: a reminder tells no more than that there is one
  let mayRemind = false;

  const applyPreferences = (): void => {
    const { appearance } = preferences.read();
    void i18n.changeLanguage(displayLanguage(preferences.read()));
    nativeTheme.themeSource = appearance;
    Menu.setApplicationMenu(Menu.buildFromTemplate(createMenu({ platform: process.platform, translate, choose })));
  };
  // `restricted` protects as `always` does: nothing tells which page shows a released dossier, and too much is the safe side
  const protect = (): void => window.find()?.setContentProtection((settings?.contentProtection ?? 'off') !== 'off');
  const bringForward = (): void => {
    const shown = window.find();
    if (shown?.isMinimized() === true) shown.restore();
    shown?.show();
    shown?.focus();
  };

  const questions = oneQuestionAtATime();
  const reminders = startReminderClock(now, (count) => {
    if (!mayRemind) return;
    notify(
      translate('shell.notification.reminded', { count }),
      translate('shell.notification.remindedBody'),
      bringForward,
    );
  });

  return {
    translate,
    bringForward,
    applyPreferences,
    language: (): Language => displayLanguage(preferences.read()),
    info: () => ({
      name: app.getName(),
      version: app.getVersion(),
      platform: platformOf(process.platform),
      runtime: isPreview ? ('preview' as const) : ('electron' as const),
      versions: namedVersions(),
    }),
    async licences() {
      const text = await readFile(join(bundle, 'licences.json'), 'utf8');
      return appChannels['app:licences'].response.parse(JSON.parse(text));
    },
    preferences: async () => preferences.read(),
    async setPreferences(change: Partial<Preferences>) {
      const changed = await preferences.change(change);
      applyPreferences();
      return changed;
    },
    propose(paths: readonly string[]) {
      proposals.push(...paths);
      // A link can come again and again; nobody looks through so many
      proposals = proposals.slice(0, MOST_PROPOSALS);
    },
    takeProposals: async () => {
      const taken = proposals;
      proposals = [];
      return taken;
    },
    chooseFiles: (purpose: FilePurpose, several: boolean) => chooseFiles(window.get(), translate, purpose, several),
    chooseFolder: (purpose: FolderPurpose) => chooseFolder(window.get(), translate, purpose),
    chooseTarget: (suggestedName: string) => chooseTarget(window.get(), translate, suggestedName),
    confirmSigning: (question: SigningQuestion) =>
      questions.ask((signal) => confirmSigning(window.get(), translate, question, signal)),
    confirmAct: (question: ActQuestion) =>
      questions.ask((signal) => confirmAct(window.get(), translate, question, signal)),
    confirmUpdate: (version: string) =>
      questions.ask((signal) => confirmUpdate(window.get(), translate, version, signal)),
    openInstaller: (path: string) => openInstaller(process.platform, path),
    print: pages.print,
    drawPdf: pages.drawPdf,
    applySettings(next: Settings) {
      settings = next;
      mayRemind = next.notifications;
      protect();
    },
    keepReminders: (times: readonly Instant[]) => reminders.keep(times),
    settings: () => settings,
    /** The vault was locked: nothing of it is shown any more. */
    forgetSettings() {
      settings = null;
      // It names a matter, its people and who signs, above the lock; and whoever comes by could answer it
      questions.withdraw();
      protect();
    },
    /** Only while nobody looks: who sees the window needs no note beside the clock. */
    notifyReceived(count: number) {
      if (settings?.notifications !== true || window.find()?.isFocused() === true) return;
      notify(
        translate('shell.notification.received', { count }),
        translate('shell.notification.receivedBody'),
        bringForward,
      );
    },
  };
}

function platformOf(platform: NodeJS.Platform): 'darwin' | 'win32' | 'linux' {
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux';
}

function namedVersions(): Record<string, string> {
  const { electron = '', chrome = '', node } = process.versions;
  return Object.fromEntries(Object.entries({ electron, chrome, node }).filter(([, version]) => version !== ''));
}
