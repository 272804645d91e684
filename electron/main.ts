/** Constructs and wires; what there is to decide is decided in the rooms below. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { app, session as browserSession, nativeTheme, powerMonitor, protocol } from 'electron';
import { usePrivateUmask } from './files/private-umask.ts';
import type { Desk } from './ipc/desk.ts';
import { HANDLERS } from './ipc/handlers.ts';
import { register } from './ipc/register.ts';
import { tellSessionEvents } from './ipc/session-events.ts';
import { createStderrLogger } from './log/stderr-logger.ts';
import { startAutoLock } from './shell/auto-lock.ts';
import { hardenProcess } from './shell/harden-process.ts';
import { createOfficeShell } from './shell/office-shell.ts';
import { createTray } from './shell/office-tray.ts';
import { registerScheme, SCHEME } from './shell/own-scheme.ts';
import { isOwnSender } from './shell/own-sender.ts';
import { openPreferences } from './shell/preferences-file.ts';
import { createPrintedPages } from './shell/printed-pages.ts';
import { readProposals } from './shell/proposals.ts';
import { refuseForAllPages, refuseNetwork, refusePermissions } from './shell/refuse-by-default.ts';
import { serveBundle } from './shell/serve-bundle.ts';
import { keepWindow } from './shell/window-keeper.ts';
import { createFileTokens } from './usecases/session/file-tokens.ts';
import { createOfficeSession } from './usecases/session/office-session.ts';

const PROGRAM = 'lexpost-window';
const TITLE = '律函 LexPost';
const bundle = import.meta.dirname;
const log = createStderrLogger('warn');
const now = () => new Date();

usePrivateUmask();
registerScheme();
if (hardenProcess() && app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

function start(): void {
  const kept = app.getPath('userData');
  const pages = createPrintedPages();
  const shell = createOfficeShell({
    bundle,
    pages,
    preferences: openPreferences(join(kept, 'preferences.json')),
    isPreview: process.env['LEXPOST_PREVIEW'] === '1' && !app.isPackaged,
    window: () => windows.get(),
    choose: (command) => tell('app:command-chosen', { command }),
  });
  const windows = keepWindow({
    preload: join(bundle, 'preload.cjs'),
    placeFile: join(kept, 'window.json'),
    title: TITLE,
    background: () => (nativeTheme.shouldUseDarkColors ? '#14181e' : '#f6f7f9'),
    translate: shell.translate,
    crashed: () => void session.lock('asked'),
  });
  const { tell } = windows;
  const session = createOfficeSession({
    dir: join(kept, 'vault'),
    now,
    program: PROGRAM,
    ...tellSessionEvents({
      tell,
      session: () => session,
      closed: shell.forgetSettings,
      received: shell.notifyReceived,
    }),
  });
  const desk: Desk = { session, files: createFileTokens(now), shell, now, tell };

  refuseForAllPages(log);
  refusePermissions(browserSession.defaultSession, log);
  refuseNetwork(browserSession.defaultSession, log);
  const createNonce = () => randomBytes(16).toString('base64');
  protocol.handle(
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

  const propose = (argv: readonly string[]): void => {
    const paths = readProposals(argv);
    shell.propose(paths);
    if (paths.length > 0) tell('app:proposals-came', { count: paths.length });
  };
  app.setAsDefaultProtocolClient('lexpost');
  app.on('second-instance', (_event, argv) => {
    shell.bringForward();
    propose(argv.slice(1));
  });
  app.on('open-url', (_event, url) => propose([url]));
  app.on('open-file', (_event, path) => propose([path]));
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (!session.isOpen()) return;
    event.preventDefault();
    void session.close().finally(() => app.quit());
  });

  shell.applyPreferences();
  propose(process.argv.slice(1));
  windows.open();
  createTray({
    icon: join(bundle, 'tray.png'),
    title: TITLE,
    translate: shell.translate,
    open: shell.bringForward,
    lock: () => void session.lock('asked'),
    quit: () => app.quit(),
  });
  startAutoLock({ monitor: powerMonitor, rules: shell.settings, lock: (reason) => void session.lock(reason) });
}
