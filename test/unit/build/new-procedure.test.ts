import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/**
 * A copy of the program with one procedure more: a file in `kinds`, a file of labels, and the lists written by the build. Whether the copy knows it everywhere
 * is asked of the copy itself, in processes of its own.
 */

const ROOT = join(import.meta.dirname, '..', '..', '..');
const NAME = 'sample-letter';
const GENERATED = [
  'shared/i18n/procedures/labels.ts',
  'shared/model/procedure-types.ts',
  'shared/procedures/registry.ts',
];
const OWN = [`shared/i18n/procedures/${NAME}.json`, `shared/procedures/kinds/${NAME}.ts`];

const PROCEDURE = `
import { z } from 'zod';
import { day } from '../../model/forms/parts.ts';
import { line } from '../../model/schemas.ts';
import { required } from '../define.ts';
import { agreedClock, defineLetter } from '../define-letter.ts';
import type { Procedure } from '../procedure.ts';

export const sampleLetter: Procedure = defineLetter({
  type: '${NAME}',
  title: ['subject'],
  roles: [{ id: 'opener' }, { id: 'lead' }],
  checks: [],
  grounds: [{ id: 'busy', article: '', status: 'unverified', kind: 'refusal' }],
  request: { form: z.strictObject({ subject: line(100), by: day }), documents: [required('letter')] },
  result: { fields: { outcomeText: line(100) } },
  clocks: [agreedClock],
});
`;
const LABELS = {
  'zh-CN': { title: '示例函', fields: { subject: '标题' }, documents: { letter: '函件' } },
  en: { title: 'Sample letter', fields: { subject: 'subject' }, documents: { letter: 'letter' } },
};

/** Opens, accepts and answers in the fold, draws the form, and checks before sealing. */
const PIPELINE = `
const at = (path) => import(new URL('./shared/' + path, 'file://' + process.cwd() + '/'));
const { foldMatter } = await at('procedures/fold-matter.ts');
const { findProcedureByName } = await at('procedures/find-procedure.ts');
const { describeForm } = await at('procedures/describe-form.ts');
const { parseForm } = await at('model/forms/parse-form.ts');
const { preflight } = await at('procedures/preflight/preflight.ts');
const { fieldText, procedureTitle } = await at('procedures/procedure-text.ts');
const { createI18n } = await at('i18n/create-i18n.ts');
const procedure = findProcedureByName('${NAME}');
const form = { subject: '甲', by: '2026-12-01' };
parseForm('${NAME}', 'submit', form, null);
const acts = [['opener', 'submit', form], ['lead', 'decision', { outcome: 'accepted', on: '2026-11-24' }], ['lead', 'deliver', { on: '2026-11-25', outcomeText: '乙' }]];
const fold = foldMatter({ type: '${NAME}', opener: 'opener', lead: 'lead' }, acts.map(([office, act, form], i) => ({
  m: String(i + 1).padStart(64, '0'), office, act, form, voidCode: null, receivedAt: '2026-11-24T02:00:00.000Z' })));
const draft = { procedure, act: procedure.acts[0], opening: form, form, documents: [] };
const findings = preflight(draft, { today: '2026-11-24', lead: 'lead', recipients: [], sameTitle: 0, sentBefore: null });
const { t } = createI18n('zh-CN');
console.log(JSON.stringify({
  state: fold.state, clock: fold.clocks.map(({ id, due, state }) => [id, due, state]),
  fields: describeForm(procedure.acts[0]).groups.flatMap(({ fields }) => fields.map(({ name }) => name)),
  title: procedureTitle(t, '${NAME}'), label: fieldText(t, '${NAME}', 'fields', 'subject'),
  stops: findings.filter(({ level }) => level === 'failure').map(({ id, slot }) => [id, slot]),
}));
`;

let root = '';
const run = (...args: string[]): string => execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lexpost-new-procedure-'));
  for (const folder of ['shared', 'electron', 'build', 'package.json']) {
    cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const [labels = '', kind = ''] = OWN;
  writeFileSync(join(root, kind), PROCEDURE);
  writeFileSync(join(root, labels), JSON.stringify(LABELS));
  run('build/list-procedures.ts');
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('nothing but its own two files and the written lists is other than before', () => {
  const list = (at: string): string[] =>
    readdirSync(join(at, 'shared'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(at.length + 1));
  const before = new Set(list(ROOT));
  const changed = list(root).filter(
    (path) => !before.has(path) || !readFileSync(join(root, path)).equals(readFileSync(join(ROOT, path))),
  );
  expect(changed.sort()).toEqual([...GENERATED, ...OWN].sort());
});

test('its forms, states, clocks, labels and checks are there', () => {
  expect(JSON.parse(run('--input-type=module', '--eval', PIPELINE))).toEqual({
    state: 'answered',
    clock: [['answer', '2026-12-01', 'met']],
    fields: ['subject', 'by'],
    title: '示例函',
    label: '标题',
    stops: [['document-missing', 'letter']],
  });
});

test('the command takes it as a type', () => {
  expect(run('electron/cli/main.ts', 'message', 'send', '--help')).toContain(NAME);
});
