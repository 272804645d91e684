import { protocol } from 'electron';

/** The window's own scheme: a page of it has an origin of its own, which `file:` pages do not. */
export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://bundle`;
/** Without `persist:` it lives in memory: no cache, storage or cookie of the page reaches the disk. */
export const PARTITION = 'lexpost';
export const START_PAGE = `${ORIGIN}/index.html`;

/** Before the app is ready; Electron takes it once. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** By the parsed address, never by its beginning: `app://bundle.example` begins with our origin too. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null && url.protocol === `${SCHEME}:` && url.host === 'bundle' && url.username === '' && url.password === ''
  );
}
