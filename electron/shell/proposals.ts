import { extname, isAbsolute } from 'node:path';

/**
 * What another program may hand us: files to look at. A link says `lexpost://import?file=…` and nothing else is read from it: it cannot name an act, an
 * answer, a setting or a screen. Nothing happens but that the window asks whether the file shall be looked at.
 */
const SCHEME = 'lexpost:';
const EXTENSIONS: ReadonlySet<string> = new Set(['.p7m', '.asice']);
const MOST = 20;

/** The files that a command line, its links included, proposes. What does not fit is left out without a word: it came from anybody. */
export function readProposals(argv: readonly string[]): string[] {
  return argv
    .map((argument) => (argument.startsWith(SCHEME) ? readLink(argument) : argument))
    .filter((path) => path !== null)
    .filter(isProposable)
    .slice(0, MOST);
}

function readLink(link: string): string | null {
  const url = URL.parse(link);
  if (url === null || url.protocol !== SCHEME || url.host !== 'import') return null;
  if (url.pathname !== '' && url.pathname !== '/') return null;
  const names = [...url.searchParams.keys()];
  // Anything beside the file, as act=… or sign=…, makes it a link that we do not know
  return names.length === 1 && names[0] === 'file' ? url.searchParams.get('file') : null;
}

/** A UNC or device path would make Windows log on to a stranger's server, just by being looked at. */
function isProposable(path: string): boolean {
  return (
    isAbsolute(path) &&
    !/^[\\/]{2}/.test(path) &&
    path.length <= 4096 &&
    !path.includes('\0') &&
    EXTENSIONS.has(extname(path).toLowerCase())
  );
}
