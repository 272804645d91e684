import { app, type Session, type WebContents } from 'electron';
import { word } from '../log/log-value.ts';
import type { Log } from '../log/logger.ts';
import { isOwnAddress, SCHEME } from './own-scheme.ts';

/**
 * Copying a digest is all that the page needs of the browser's powers, and only writing: what other programs put into the clipboard is not its business.
 */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Every question that a page can make Chromium ask, answered once for all. */
export function refusePermissions(session: Session, log: Log): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    const granted = GRANTED.has(permission) && isOwnAddress(contents.getURL());
    if (!granted) log('warn', 'permission-refused', { permission: word(permission) });
    answer(granted);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => GRANTED.has(permission) && isOwnAddress(`${origin.replace(/\/$/, '')}/`),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.on('will-download', (event) => {
    event.preventDefault();
    log('warn', 'download-refused', {});
  });
  // Spell checking would fetch dictionaries and keep a list of names in the clear
  session.setSpellCheckerEnabled(false);
}

/** The page stays where it is: leaving, opening windows and embedding are refused, whoever asks. */
export function refuseLeaving(contents: WebContents, log: Log): void {
  const refuse = (event: { preventDefault(): void }, url: string): void => {
    if (isOwnAddress(url)) return;
    event.preventDefault();
    log('warn', 'navigation-refused', {});
  };
  contents.on('will-navigate', (event) => refuse(event, event.url));
  contents.on('will-redirect', (event) => refuse(event, event.url));
  contents.on('will-frame-navigate', (event) => refuse(event, event.url));
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    log('warn', 'webview-refused', {});
  });
  contents.setWindowOpenHandler(() => {
    log('warn', 'window-refused', {});
    return { action: 'deny' };
  });
}

/** For every page that ever comes to be, ours or not. */
export function refuseForAllPages(log: Log): void {
  app.on('web-contents-created', (_event, contents) => refuseLeaving(contents, log));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, answer) => {
    event.preventDefault();
    answer();
  });
  app.on('login', (event, _contents, _details, _authInfo, answer) => {
    event.preventDefault();
    answer();
  });
}

/** Nothing of the page leaves this machine: what the office exchanges goes through its own routes, in main. */
export function refuseNetwork(session: Session, log: Log): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    // Any host of our scheme: what it has not got, its handler refuses
    const local = [`${SCHEME}:`, 'blob:', 'devtools:'].includes(URL.parse(details.url)?.protocol ?? '');
    if (!local) log('warn', 'page-request-refused', {});
    answer({ cancel: !local });
  });
}
