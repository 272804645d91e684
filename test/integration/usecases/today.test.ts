import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OfficeContext } from '../../../electron/usecases/context.ts';
import { listToday } from '../../../electron/usecases/desk/view-home.ts';
import { listUnopenedDesk, NO_DUE } from '../../../electron/vault/repositories/desk-list.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import { fillDesk } from '../../fixtures/filled-desk.ts';

const MATTERS = 400;
const dir = mkdtempSync(join(tmpdir(), 'lexpost-today-'));
let context: OfficeContext;

beforeAll(async () => {
  context = await fillDesk(join(dir, 'vault'), MATTERS, 2 ** 14);
});
afterAll(async () => {
  await context.vault.close();
  rmSync(dir, { recursive: true, force: true });
});

test.each([5, MATTERS])('of a day with %i rows a group, no matter stands in two of them', (limit) => {
  const today = listToday(context, limit);
  const groups = [today.now, today.today, today.soon, today.answer, today.new, today.paused];
  const shown = groups.flatMap(({ rows }) => rows.map(({ matter }) => matter));
  expect(shown).toHaveLength(new Set(shown).size);
  expect(today.now.rows).not.toEqual([]);
  expect(today.new.rows).not.toEqual([]);
  expect(today.paused.rows).not.toEqual([]);
});

test('a matter that is overdue and was turned away stands once, with its deadline, and leads to what was turned away', () => {
  const overdue = listToday(context, MATTERS).now.rows.find(({ kind }) => kind === 'clock');
  const m = 'a'.repeat(64) as Sha256;
  context.vault.write((db) =>
    db.run(`UPDATE desk SET colour = 'red', last_m = ? WHERE matter = ?`, [m, overdue?.matter ?? '']),
  );
  const rows = listToday(context, MATTERS).now.rows.filter(({ matter }) => matter === overdue?.matter);
  expect(rows).toEqual([{ ...overdue, refused: true, m }]);
});

test('no matter with an unopened message is missing from a day that has room for all', () => {
  const today = listToday(context, MATTERS);
  const { now, today: due, soon, answer, new: fresh } = today;
  const shown = new Set([now, due, soon, answer, fresh].flatMap(({ rows }) => rows.map(({ matter }) => matter)));
  const unopened = listUnopenedDesk(context.vault.read, MATTERS);
  expect(unopened.length).toBeGreaterThan(fresh.rows.length);
  expect(unopened.filter(({ matter }) => !shown.has(matter))).toEqual([]);
});

test('what waits for an answer is crowded out by newer matters whose clock shows them elsewhere', () => {
  context.vault.write((db) => {
    db.run(`UPDATE desk SET turn = 'ours', colour = NULL WHERE final = 0`);
    db.run(
      `UPDATE desk SET due = ?, clock = NULL WHERE matter IN (SELECT matter FROM desk WHERE final = 0 ORDER BY updated_at LIMIT 7)`,
      [NO_DUE],
    );
  });
  const few = listToday(context, 5).answer.rows.map(({ matter }) => matter);
  const all = listToday(context, MATTERS).answer.rows.map(({ matter }) => matter);
  expect(all.length).toBeGreaterThanOrEqual(7);
  expect(few).toEqual(all.slice(0, 5));
});
