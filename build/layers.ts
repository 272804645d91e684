/**
 * The layers of the house, checked on every import: biome cannot resolve a relative specifier to a room.
 * A room may import itself and what its row names, nothing else; a file outside every room is an error too.
 */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { posix } from 'node:path';

interface Room {
  /** Path prefix from the root of the repository; the longest one that fits decides. */
  readonly room: string;
  readonly mayImport: readonly string[];
  /** Plain Node modules allowed. */
  readonly node: boolean;
  /** The `electron` module allowed. */
  readonly electron?: true;
  /** Its folders stay apart: none imports another. */
  readonly apart?: true;
}

const WINDOW_GROUND = ['renderer/ui', 'renderer/theme', 'renderer/text'];
const GROUND = ['electron/files', 'electron/log', 'shared'];
const OFFICE = [
  'electron/usecases',
  'electron/packages',
  'electron/pki',
  'electron/vault',
  'electron/exchange',
  'electron/network',
  'electron/updates',
];

export const ROOMS: readonly Room[] = [
  { room: 'shared', mayImport: [], node: false },
  {
    room: 'renderer',
    mayImport: ['renderer/bridge.ts', 'renderer/data', 'renderer/features', ...WINDOW_GROUND, 'shared'],
    node: false,
  },
  {
    room: 'renderer/features',
    mayImport: ['renderer/bridge.ts', 'renderer/data', ...WINDOW_GROUND, 'shared'],
    node: false,
    apart: true,
  },
  { room: 'renderer/data', mayImport: ['renderer/bridge.ts', 'shared'], node: false },
  { room: 'renderer/bridge.ts', mayImport: ['shared'], node: false },
  { room: 'renderer/ui', mayImport: ['renderer/text', 'renderer/theme', 'shared'], node: false },
  { room: 'renderer/theme', mayImport: ['shared'], node: false },
  { room: 'renderer/text', mayImport: ['shared'], node: false },
  {
    room: 'electron/main.ts',
    mayImport: ['electron/shell', 'electron/ipc', 'electron/workers', ...OFFICE, ...GROUND],
    node: true,
    electron: true,
  },
  { room: 'electron/preload.ts', mayImport: ['shared'], node: false, electron: true },
  { room: 'electron/shell', mayImport: GROUND, node: true, electron: true },
  { room: 'electron/ipc', mayImport: ['electron/usecases', 'electron/log', 'shared'], node: true, electron: true },
  {
    room: 'electron/cli',
    mayImport: [...OFFICE.filter((room) => room !== 'electron/exchange'), 'electron/evidence', ...GROUND],
    node: true,
  },
  {
    room: 'electron/usecases',
    mayImport: [...OFFICE, 'electron/evidence', 'electron/papers', 'electron/workers', ...GROUND],
    node: true,
  },
  { room: 'electron/packages', mayImport: ['electron/pki', 'electron/workers', ...GROUND], node: true },
  { room: 'electron/workers', mayImport: ['electron/packages', 'electron/files', 'shared'], node: true },
  { room: 'electron/pki', mayImport: GROUND, node: true },
  { room: 'electron/vault', mayImport: GROUND, node: true },
  { room: 'electron/exchange', mayImport: GROUND, node: true },
  { room: 'electron/network', mayImport: GROUND, node: true },
  { room: 'electron/updates', mayImport: GROUND, node: true },
  {
    room: 'electron/evidence',
    mayImport: ['electron/exchange', 'electron/packages', 'electron/pki', ...GROUND],
    node: true,
  },
  { room: 'electron/papers', mayImport: ['electron/files', 'shared'], node: true },
  { room: 'electron/log', mayImport: ['electron/files', 'shared'], node: true },
  { room: 'electron/files', mayImport: ['shared'], node: true },
  {
    room: 'viewer',
    mayImport: ['electron/evidence', 'electron/files', 'electron/pki', 'shared'],
    node: true,
  },
  { room: 'build', mayImport: ['electron/updates', 'viewer'], node: true },
  { room: 'test', mayImport: ['shared', 'renderer', 'electron', 'viewer', 'build'], node: true, electron: true },
];

/** npm packages that the rooms named wrap for all others. */
export const WRAPPED: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['electron/vault'],
  'node-forge': ['electron/pki', 'electron/packages'],
  yauzl: ['electron/packages'],
  saxes: ['electron/packages', 'electron/exchange'],
  commander: ['electron/cli'],
  pkcs11js: ['electron/pki'],
  undici: ['electron/network', 'electron/exchange'],
  ssh2: ['electron/exchange'],
  '@aws-sdk/client-s3': ['electron/exchange'],
  nodemailer: ['electron/exchange'],
  imapflow: ['electron/exchange'],
  pdfkit: ['electron/papers'],
  fontkit: ['electron/papers'],
  fflate: ['electron/papers'],
  uqr: ['electron/papers'],
};

const SPECIFIERS = [
  /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*['"](?<specifier>[^'"]+)['"]/gm,
  /^[ \t]*import\s*['"](?<specifier>[^'"]+)['"]/gm,
  /\b(?:import|require|require\.resolve)\s*\(\s*['"`](?<specifier>[^'"`]+)['"`]/g,
  /\bnew URL\(\s*['"](?<specifier>\.[^'"]+\.[mc]?[jt]s)['"],\s*import\.meta\.url/g,
];
/** Not code of the house. */
const OUTSIDE = /^(?:package\.json$|node_modules\/)/;
const BUILT_IN = new Set(builtinModules);

export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

function isInside(path: string, room: string): boolean {
  return path === room || path.startsWith(`${room}/`);
}

function findRoom(path: string): Room | undefined {
  return ROOMS.filter(({ room }) => isInside(path, room)).sort((a, b) => b.room.length - a.room.length)[0];
}

function refuseModule(room: Room, specifier: string): string | null {
  const name = specifier.startsWith('@') ? specifier.split('/', 2).join('/') : (specifier.split('/')[0] ?? '');
  if (specifier.startsWith('node:') || BUILT_IN.has(name)) return room.node ? null : 'knows no Node';
  if (name === 'electron') return room.electron ? null : 'knows no Electron';
  const owners = WRAPPED[name];
  if (owners === undefined || room.room === 'test' || owners.includes(room.room)) return null;
  return `leaves ${name} to ${owners.join(' and ')}`;
}

/** Why a file in `room` at `path` may not import `specifier`; null where it may. */
function refuse(room: Room, path: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return refuseModule(room, specifier);
  const target = posix.normalize(posix.join(posix.dirname(path), specifier));
  if (room.apart && isInside(target, room.room)) {
    const [own, other] = [path, target].map((file) => file.slice(room.room.length + 1).split('/', 1)[0]);
    return own === other ? null : `keeps ${own} and ${other} apart`;
  }
  if (findRoom(target) === room || OUTSIDE.test(target)) return null;
  const allowed = room.mayImport.some((other) => isInside(target, other));
  return allowed ? null : `may not import ${findRoom(target)?.room ?? target}`;
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Every import of one file that the layers forbid. `path` is relative to the repository, with forward slashes. */
export function findViolations(path: string, text: string): Violation[] {
  const room = findRoom(path);
  if (room === undefined) return [{ path, line: 1, text: 'lies in no room of the house (build/layers.ts)' }];
  const found: Violation[] = [];
  for (const pattern of SPECIFIERS) {
    for (const match of text.matchAll(pattern)) {
      const specifier = match.groups?.['specifier'] ?? '';
      const reason = refuse(room, path, specifier);
      const line = lineOf(text, match.index + match[0].length);
      if (reason !== null) found.push({ path, line, text: `${room.room} ${reason}: ${specifier}` });
    }
  }
  if (room.room !== 'electron/ipc' && room.electron && room.room !== 'test') {
    const door = /^(?!\s*(?:\/\/|\*)).*\bipcMain\b/m.exec(text);
    if (door !== null) {
      found.push({ path, line: lineOf(text, door.index), text: `${room.room} leaves ipcMain to electron/ipc` });
    }
  }
  if (isInside(room.room, 'renderer') && path !== 'renderer/bridge.ts') {
    const bridge = /^(?!\s*(?:\/\/|\*)).*\b(?:window|globalThis|self)\.lexpost\b/m.exec(text);
    if (bridge !== null) {
      found.push({ path, line: lineOf(text, bridge.index), text: `${room.room} leaves window.lexpost to bridge.ts` });
    }
  }
  return found;
}

/** Checks the files named, which are relative to the working folder. */
export function findAllViolations(paths: readonly string[]): Violation[] {
  return paths
    .filter((path) => /\.(?:ts|tsx|mts|cts|mjs|cjs|js)$/.test(path))
    .flatMap((path) => findViolations(path, readFileSync(path, 'utf8')));
}
