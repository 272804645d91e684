import { type App, app } from 'electron';

/** Chromium's own services that would ask the network or write what the page holds to disk. */
const SWITCHES: readonly (readonly [string, string?])[] = [
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-breakpad'],
  ['disable-http-cache'],
  ['no-pings'],
  ['disable-features', 'AutofillServerCommunication,MediaRouter,OptimizationHints,SpareRendererForSitePerProcess'],
  // Names in URLs, WPAD and the like: the page has no network, and main has its own
  ['no-proxy-server'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
];
/** With one of these, another program drives the window and reads what it shows. */
const FOREIGN_HANDS = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'js-flags',
  'load-extension',
];

/** Before the app is ready. @returns false where it was started to be driven by another program: it must not go on */
export function hardenProcess(): boolean {
  app.enableSandbox();
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value);
  return !app.isPackaged || !isDriven(app);
}

function isDriven({ commandLine }: Pick<App, 'commandLine'>): boolean {
  return FOREIGN_HANDS.some((name) => commandLine.hasSwitch(name));
}
