/**
 * Lists what lies in `shared/procedures/kinds/`: run `node build/list-procedures.ts` after adding a procedure. A test compares the lists with the folder.
 * A new procedure is one file there and one file of labels; nothing else is edited by hand.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Listed {
  readonly type: string;
  readonly name: string;
  readonly exported: string;
}

const HEAD = '// Written by build/list-procedures.ts. Do not edit.\n// biome-ignore-all format: one line each\n';

/** What the list files must hold, by path from `root`. @throws Error where a file exports no procedure of its own name */
export async function listProcedures(root: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(root, 'shared', 'procedures', 'kinds');
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort();
  const listed: Listed[] = [];
  for (const file of files) listed.push(await readProcedure(join(folder, file), file.slice(0, -'.ts'.length)));
  return new Map([
    ['shared/model/procedure-types.ts', typeList(listed)],
    ['shared/procedures/registry.ts', registry(listed)],
    ['shared/i18n/procedures/labels.ts', labelList(listed)],
  ]);
}

async function readProcedure(path: string, name: string): Promise<Listed> {
  const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  for (const [exported, value] of Object.entries(module)) {
    const procedure = value as { readonly name?: unknown; readonly type?: unknown } | null;
    if (procedure?.name === name && typeof procedure.type === 'string') return { type: procedure.type, name, exported };
  }
  throw new Error(`${path} exports no procedure with the name ${name}`);
}

function typeList(listed: readonly Listed[]): string {
  const types = [...new Set(listed.map(({ type }) => type))].sort();
  const rows = types.map((type) => `  '${type}',\n`).join('');
  return `${HEAD}export const PROCEDURE_TYPES = [\n${rows}] as const;\nexport type ProcedureType = (typeof PROCEDURE_TYPES)[number];\n`;
}

function registry(listed: readonly Listed[]): string {
  const imports = listed.map(({ exported, name }) => `import { ${exported} } from './kinds/${name}.ts';\n`).join('');
  const rows = listed.map(({ exported }) => `  ${exported},\n`).join('');
  return `${HEAD}${imports}import type { Procedure } from './procedure.ts';\n\nexport const PROCEDURES: readonly Procedure[] = [\n${rows}];\n`;
}

function labelList(listed: readonly Listed[]): string {
  const files = [{ name: 'common', exported: 'common' }, ...listed].sort((a, b) => (a.name < b.name ? -1 : 1));
  const imports = files
    .map(({ exported, name }) => `import ${exported} from './${name}.json' with { type: 'json' };\n`)
    .join('');
  const rows = files.map(({ exported, name }) => `  '${name}': ${exported},\n`).join('');
  return `${HEAD}${imports}\n/** By procedure; each file holds both languages. */\nexport const PROCEDURE_LABELS = {\n${rows}};\n`;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  for (const [path, text] of await listProcedures(root)) writeFileSync(join(root, path), text);
}
