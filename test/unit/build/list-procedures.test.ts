import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { listProcedures } from '../../../build/list-procedures.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

test('the lists hold what lies in the folder: run `node build/list-procedures.ts`', async () => {
  for (const [path, text] of await listProcedures(ROOT))
    expect(readFileSync(join(ROOT, path), 'utf8'), path).toBe(text);
});

test('a new procedure is one file and its labels: the lists take it in and nothing else changes', async () => {
  const root = mkdtempSync(join(tmpdir(), 'lexpost-procedures-'));
  made.push(root);
  cpSync(join(ROOT, 'shared'), join(root, 'shared'), { recursive: true });
  cpSync(join(ROOT, 'build', 'tsconfig.base.json'), join(root, 'build', 'tsconfig.base.json'));
  cpSync(join(ROOT, 'package.json'), join(root, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const kinds = join(root, 'shared', 'procedures', 'kinds');
  const own = readFileSync(join(kinds, 'notarization-verification.ts'), 'utf8')
    .replace('notarizationVerification', 'somethingNew')
    .replace("type: 'notarization'", "type: 'something-new'")
    .replace("name: 'notarization-verification'", "name: 'something-new'");
  writeFileSync(join(kinds, 'something-new.ts'), own);
  const before = await listProcedures(ROOT);
  const after = await listProcedures(root);
  for (const [path, text] of after) {
    writeFileSync(join(root, path), text);
    const added = text.split('\n').filter((line) => !(before.get(path) ?? '').split('\n').includes(line));
    expect(
      added.every((line) => /something-?new/i.test(line)),
      added.join('\n'),
    ).toBe(true);
  }
  writeFileSync(join(root, 'shared', 'i18n', 'procedures', 'something-new.json'), '{ "zh-CN": {}, "en": {} }');
  const { findProcedure } = (await import(
    join(root, 'shared', 'procedures', 'find-procedure.ts')
  )) as typeof import('../../../shared/procedures/find-procedure.ts');
  const { PROCEDURE_TYPES } = (await import(join(root, 'shared', 'model', 'vocabulary.ts'))) as {
    PROCEDURE_TYPES: readonly string[];
  };
  expect(PROCEDURE_TYPES).toContain('something-new');
  expect(findProcedure('something-new' as 'notarization', { subtype: 'verification' })?.name).toBe('something-new');
});
