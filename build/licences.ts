import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url));

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  /** As packages of before 2015 have it. */
  readonly licenses?: readonly { readonly type: string }[];
}

/** Folders of the packages whose code is in the bundle. */
const bundled = new Set<string>();

/** Notes which npm packages went into a bundle: what is shipped is named, and nothing else. */
export function collectLicences(): Plugin {
  return {
    name: 'lexpost:collect-licences',
    generateBundle(_options, chunks) {
      for (const chunk of Object.values(chunks)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of chunk.moduleIds) {
          const folder = findPackage(id.replaceAll('\0', ''));
          if (folder !== null) bundled.add(folder);
        }
      }
    },
  };
}

function findPackage(path: string): string | null {
  const parts = path.split(sep);
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return null;
  const length = parts[at + 1]?.startsWith('@') ? 3 : 2;
  const folder = parts.slice(0, at + length).join(sep);
  return existsSync(join(folder, 'package.json')) ? folder : null;
}

/** Writes what the about page shows: each package once, with the text it came with. @param loose packages beside the bundle */
export function writeLicences(file: string, loose: readonly string[]): void {
  const folders = [...bundled, ...loose.map((name) => join(MODULES, name))];
  const items = folders
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
      const { name, version, license, licenses = [] } = manifest;
      const text = readText(folder);
      // png-js names none in its manifest, and comes with the text of one
      const ofText = text?.startsWith('MIT License') === true ? 'MIT' : '';
      const licence = license ?? (licenses.map(({ type }) => type).join(' OR ') || ofText);
      return { name, version, licence, text };
    })
    .sort((a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1));
  const unnamed = items.filter(({ licence }) => licence === '');
  if (unnamed.length > 0) throw new Error(`without a licence: ${unnamed.map(({ name }) => name).join(', ')}`);
  const seen = new Set<string>();
  const once = items.filter(({ name, version }) => !seen.has(`${name}@${version}`) && seen.add(`${name}@${version}`));
  writeFileSync(file, JSON.stringify({ items: once }));
}

function readText(folder: string): string | null {
  const name = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)(?:\.(?:md|txt))?$/i.test(entry));
  return name === undefined ? null : readFileSync(join(folder, name), 'utf8');
}
