import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const json = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

const lock = json('package-lock.json');
const locked = Object.entries(lock.packages as Record<string, Locked>).filter(([path]) => path !== '');
const manifest = json('package.json');

/** Licences that may be shipped with an Apache-2.0 work, or used to build it. */
const LICENCES = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MPL-2.0',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  '(BSD-3-Clause OR GPL-2.0)',
  '(MIT OR EUPL-1.1+)',
  '(WTFPL OR MIT)',
  'WTFPL OR ISC',
  '(MIT OR CC0-1.0)',
  'MIT OR Apache-2.0',
  // Fonts: the OFL allows shipping them with the program and embedding them in documents
  'MIT AND OFL-1.1',
]);
/** Packages whose manifest has no `license` member; read in their LICENSE files. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  buildcheck: 'MIT',
  'cpu-features': 'MIT',
  'png-js': 'MIT',
  ssh2: 'MIT',
};
const licenceOf = (path: string, { license }: Locked): string =>
  license ?? READ_BY_HAND[path.replace(/^.*node_modules\//, '')] ?? 'none';
/** What may run a script while it is installed: one puts the pinned Node in place, one compiles the binding to PKCS#11, which no registry has built. */
const MAY_RUN_SCRIPTS = ['node', 'pkcs11js'];

describe('package-lock.json', () => {
  test('holds a digest of every package', () => {
    expect(locked.length).toBeGreaterThan(20);
    expect(locked.filter(([, entry]) => !entry.integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
  });

  test('names no registry: whoever installs uses their own', () => {
    expect(locked.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"/);
  });

  test('agrees with package.json', () => {
    const { dependencies, devDependencies } = lock.packages[''];
    expect({ dependencies, devDependencies }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
  });

  test('every licence is one that we may use', () => {
    const refused = locked.filter(([path, entry]) => !LICENCES.has(licenceOf(path, entry)));
    expect(refused.map(([path, entry]) => `${path}: ${licenceOf(path, entry)}`)).toEqual([]);
  });

  test('only the pinned Node and the binding to tokens run a script while they are installed', () => {
    const withScripts = locked
      .filter(([, entry]) => entry.hasInstallScript)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    const allowed = Object.entries(manifest.allowScripts).filter(([, may]) => may === true);
    expect(allowed.map(([name]) => name)).toEqual(MAY_RUN_SCRIPTS);
    for (const name of withScripts) expect(Object.keys(manifest.allowScripts)).toContain(name);
  });
});

describe('package.json', () => {
  test.each(Object.entries({ ...manifest.dependencies, ...manifest.devDependencies } as Record<string, string>))(
    '%s is pinned exactly (%s)',
    (_name, version) => {
      expect(version).toMatch(/^(?:npm:[@\w/-]+@)?\d+\.\d+\.\d+$/);
    },
  );

  test('the Node that runs everything is the 24 that is pinned', () => {
    expect(process.versions.node).toBe(manifest.devDependencies.node);
    expect(manifest.devDependencies.node).toMatch(/^24\./);
  });
});
