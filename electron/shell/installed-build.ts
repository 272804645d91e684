import { app } from 'electron';

const KINDS = { win32: 'nsis', darwin: 'dmg' } as const;

/** What runs here, as releases name it (electron/updates/RELEASE.md). */
export function describeInstalled() {
  const { platform } = process;
  const named = platform === 'win32' || platform === 'darwin' ? platform : 'linux';
  // Set by the runtime of an AppImage alone
  const kind = named === 'linux' ? (process.env['APPIMAGE'] === undefined ? 'deb' : 'AppImage') : KINDS[named];
  return { version: app.getVersion(), platform: named, arch: process.arch, kind } as const;
}
