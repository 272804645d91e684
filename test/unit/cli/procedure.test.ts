import { expect, test } from 'vitest';
import { run } from '../../../electron/cli/run.ts';
import { PROCEDURES } from '../../../shared/procedures/find-procedure.ts';
import { createFakeIo } from '../../fixtures/command-io.ts';

async function answer(...argv: string[]) {
  const io = createFakeIo();
  const exit = await run(['procedure', ...argv], io);
  return { exit, out: io.out(), err: io.err() };
}

test('procedure list leaves out a procedure, or the type that message send takes', async () => {
  const { out } = await answer('list', '--json');
  const listed = JSON.parse(out).procedures as { name: string; type: string }[];
  expect(listed.map(({ name, type }) => [name, type])).toEqual(PROCEDURES.map(({ name, type }) => [name, type]));
});

test.each(PROCEDURES.flatMap(({ name, acts }) => acts.map(({ id }) => [name, id])))(
  'procedure show %s --act %s names no field by anything but its place in the example, or leaves a word out',
  async (name, act) => {
    const { exit, out } = await answer('show', name, '--act', act, '--json');
    expect(exit).toBe(0);
    const shown = JSON.parse(out).acts.find(({ id }: { id: string }) => id === act);
    const top = shown.fields.map(({ path }: { path: string }) => path.split(/[.[]/)[0]);
    for (const member of Object.keys(shown.example)) expect(top).toContain(member);
    for (const { label, options } of shown.fields) {
      expect(label).not.toBe('');
      for (const option of options) expect(typeof option.value).toBe('string');
    }
    for (const language of ['zh-CN', 'en']) {
      const text = (await answer('show', name, '--act', act, '--lang', language)).out;
      expect(text).not.toMatch(/cli\.|procedures:|undefined|\{\{/);
    }
  },
);

test('procedure show tells what lawyers in a form are, which of several papers do, and gives the example as JSON', async () => {
  const { out } = await answer('show', 'file-review');
  expect(out).toContain('lawyers[].licence  licence number  mandatory  lawyer-licence');
  expect(out).toContain('power-of-attorney | legal-aid-letter');
  expect(out).toContain('defender.identity.kind  ');
  const example = JSON.parse(out.slice(out.lastIndexOf('\n{')));
  expect(example).toMatchObject({ stateSecret: false, role: 'defender' });
  expect(JSON.parse((await answer('show', 'file-review', '--example')).out)).toEqual(example);
});

test.each([
  ['nothing', /file-review/],
  ['notarization', /notarization-request \| notarization-verification/],
])('procedure show %s ends with 2 and says which there are', async (name, words) => {
  const { exit, err } = await answer('show', name);
  expect([exit, err]).toEqual([2, expect.stringMatching(words)]);
});
