/** Constructs and wires; what there is to decide is decided in the rooms below. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, session as browserSession, nativeTheme, powerMonitor } from 'electron';
import { usePrivateUmask } from './files/private-umask.ts';
import { refuseCoreDumps } from './files/refuse-core-dumps.ts';
import type { Desk } from './ipc/desk.ts';
import { HANDLERS } from './ipc/handlers.ts';
import { register } from './ipc/register.ts';
import { tellSessionEvents } from './ipc/session-events.ts';
import { createStderrLogger } from './log/stderr-logger.ts';
import { startAutoLock } from './shell/auto-lock.ts';
import { speakAsWindow } from './shell/display-language.ts';
import { hardenProcess } from './shell/harden-process.ts';
import { describeInstalled } from './shell/installed-build.ts';
import { createOfficeShell } from './shell/office-shell.ts';
import { createTray } from './shell/office-tray.ts';
import { PARTITION, registerScheme, SCHEME } from './shell/own-scheme.ts';
import { isOwnSender } from './shell/own-sender.ts';
import { openPreferences } from './shell/preferences-file.ts';
import { createPrintedPages } from './shell/printed-pages.ts';
import { openProposalSource } from './shell/proposal-source.ts';
import { refuseForAllPages, refuseNetwork, refusePermissions } from './shell/refuse-by-default.ts';
import { serveBundle } from './shell/serve-bundle.ts';
import { startUtility } from './shell/start-utility.ts';
import { keepWindow } from './shell/window-keeper.ts';
import { readPinnedKeys } from './updates/pinned-keys.ts';
import { createFileTokens } from './usecases/session/file-tokens.ts';
import { createOfficeSession } from './usecases/session/office-session.ts';
import { createTokenDesk } from './usecases/tokens/token-desk.ts';
import { createUpdateDesk } from './usecases/updates/update-desk.ts';

const PROGRAM = 'lexpost-window';
const bundle = import.meta.dirname;
const log = createStderrLogger('warn');
const now = () => new Date();
const proposed = openProposalSource(process.argv.slice(1));

// Electron would show the stack, paths and all, and go on in a state that nobody knows. What was stored is whole; the next start goes on from there
process.on('uncaughtException', (error) => {
  log('error', 'main-failed', { error });
  app.exit(1);
});

usePrivateUmask();
refuseCoreDumps();
registerScheme();
const preferences = openPreferences(join(app.getPath('userData'), 'preferences.json'));
speakAsWindow(preferences.read());
if (hardenProcess() && app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

function start(): void {
  const kept = app.getPath('userData');
  const pages = createPrintedPages();
  const shell = createOfficeShell({
    bundle,
    pages,
    preferences,
    isPreview: process.env['LEXPOST_PREVIEW'] === '1' && !app.isPackaged,
    window: { get: () => windows.get(), find: () => windows.find() },
    choose: (command) => tell('app:command-chosen', { command }),
    now,
  });
  const windows = keepWindow({
    preload: join(bundle, 'preload.cjs'),
    placeFile: join(kept, 'window.json'),
    background: () => (nativeTheme.shouldUseDarkColors ? '#14181e' : '#f6f7f9'),
    translate: shell.translate,
    crashed: () => void session.lock('asked'),
  });
  const { tell } = windows;
  const files = createFileTokens(now);
  const session = createOfficeSession({
    dir: join(kept, 'vault'),
    now,
    program: PROGRAM,
    tokens: createTokenDesk(() => startUtility(join(bundle, 'token-process.mjs'))),
    ...tellSessionEvents({
      tell,
      session: () => session,
      files,
      closed: shell.forgetSettings,
      received: shell.notifyReceived,
    }),
  });
  const updates = createUpdateDesk({
    folder: join(kept, 'updates'),
    pinned: readPinnedKeys(readFileSync(join(bundle, 'release-keys.json'), 'utf8')),
    installed: describeInstalled(),
    now,
  });
  const desk: Desk = { session, files, shell, updates, now, tell };

  refuseForAllPages(log);
  const pageSession = browserSession.fromPartition(PARTITION, { cache: false });
  for (const each of [browserSession.defaultSession, pageSession]) {
    refusePermissions(each, log);
    refuseNetwork(each, log);
  }
  const createNonce = () => randomBytes(16).toString('base64');
  pageSession.protocol.handle(
    SCHEME,
    (request) => pages.serve(request.url) ?? serveBundle(join(bundle, 'window'), request, createNonce),
  );
  register({
    isOurs: (event) => isOwnSender(event, windows.get()),
    handlers: HANDLERS,
    desk,
    log,
    checkAnswers: !app.isPackaged,
  });

  app.setAsDefaultProtocolClient('lexpost');
  proposed.listen((paths) => {
    shell.propose(paths);
    if (paths.length > 0) tell('app:proposals-came', { count: paths.length });
  }, shell.bringForward);
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    tray.destroy();
    if (!session.isOpen()) return;
    event.preventDefault();
    void session.close().finally(() => app.quit());
  });

  shell.applyPreferences();
  windows.open();
  const tray = createTray({
    icon: join(bundle, 'tray.png'),
    translate: shell.translate,
    open: shell.bringForward,
    lock: () => void session.lock('asked'),
    quit: () => app.quit(),
  });
  startAutoLock({ monitor: powerMonitor, rules: shell.settings, lock: (reason) => void session.lock(reason) });
}
