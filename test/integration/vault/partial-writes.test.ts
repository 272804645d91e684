import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeVault, reopen } from '../../fixtures/vault-material.ts';

test('opening removes the halves of a header or audit head whose writer was killed, and nothing else', async () => {
  const { vault, dir } = await makeVault();
  await vault.close();
  const halves = ['vault.json.0011223344556677.part', 'audit-head.json.8899aabbccddeeff.part'].map((name) =>
    join(dir, name),
  );
  const foreign = ['vault.json.bak', 'notes.part'].map((name) => join(dir, name));
  for (const path of [...halves, ...foreign]) writeFileSync(path, '{');
  await reopen(dir);
  expect(halves.filter(existsSync)).toEqual([]);
  expect(foreign.filter(existsSync)).toEqual(foreign);
});
