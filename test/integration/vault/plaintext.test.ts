import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBlob } from '../../../electron/vault/blobs/create-blob.ts';
import { insertMessage } from '../../../electron/vault/repositories/messages.ts';
import { insertRejected } from '../../../electron/vault/repositories/rejected.ts';
import { searchMessages } from '../../../electron/vault/search/search-messages.ts';
import type { Address } from '../../../shared/model/brand.ts';
import { DAY, makeAct, sha } from '../../fixtures/exchange-messages.ts';
import { spawnVaultChild } from '../../fixtures/spawn-vault-child.ts';
import {
  entryOf,
  FIRM,
  filesBelow,
  filesWith,
  makeVault,
  noise,
  PROCURATORATE,
  storeBlob,
  storeOpening,
  temporaryFolder,
} from '../../fixtures/vault-material.ts';

const FORM = '犯罪嫌疑人钱多多涉嫌职务侵占';
const DOCUMENT = '委托人钱多多全权委托代理人查阅本案全部卷宗材料';
const NAME = '钱多多委托书原件.pdf';
const KNOWN = [FORM, DOCUMENT, NAME, '钱多多', FIRM.id, PROCURATORATE.name, '阅卷申请正本'];

describe('no plaintext on disk', () => {
  test('while a vault is open, in the middle of writing, and after it is closed', async () => {
    const parent = temporaryFolder();
    const { vault } = await makeVault(parent);
    const blob = await storeBlob(vault, Buffer.from(DOCUMENT.repeat(20_000)));
    const opening = makeAct({ from: FIRM.id, to: [PROCURATORATE.id] });
    storeOpening(vault, opening.m, opening.message, blob, '阅卷申请正本');
    for (let index = 0; index < 200; index++) {
      const { m, message } = makeAct({
        from: FIRM.id,
        to: [PROCURATORATE.id],
        seq: index + 2,
        label: `${index}`,
        form: { note: FORM.repeat(20) } as never,
      });
      const documents = [{ name: NAME, kind: 'proof', mediaType: 'application/pdf', size: 1, sha256: m }];
      vault.write((db) => insertMessage(db, entryOf(m, { ...message, documents }, blob)));
    }
    vault.write((db) =>
      insertRejected(db, {
        digest: sha('r'),
        size: 1,
        code: 'PACKAGE_TAMPERED',
        detail: { name: NAME },
        address: 'a'.repeat(26) as Address,
        receivedAt: DAY,
        quarantineFile: null,
        purgeAt: null,
      }),
    );
    vault.read.all('SELECT * FROM search_texts ORDER BY form, documents');
    expect(searchMessages(vault.read, '钱多多', {}, 300).items).toHaveLength(200);
    const half = await createBlob(vault);
    await half.write(Buffer.from(DOCUMENT.repeat(50_000)));
    expect(filesBelow(parent).some((path) => path.endsWith('-wal'))).toBe(true);
    expect(filesWith(parent, KNOWN)).toEqual([]);
    await half.abort();
    await vault.close();
    expect(filesWith(parent, KNOWN)).toEqual([]);
  });

  test('after a process was killed in the middle of its writing', async () => {
    const parent = temporaryFolder();
    const { vault, dir } = await makeVault(parent);
    await vault.close();
    const child = spawnVaultChild('churn', dir, DOCUMENT);
    await child.saw((line) => line === '3');
    await child.kill();
    expect(filesBelow(dir).length).toBeGreaterThan(5);
    expect(filesWith(parent, [DOCUMENT])).toEqual([]);
  });

  test('is what the search would find', () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'a'), noise(5000));
    writeFileSync(join(dir, 'b'), Buffer.concat([noise(5000), Buffer.from(DOCUMENT), noise(5000)]));
    writeFileSync(join(dir, 'c'), Buffer.from(`x${NAME}`, 'utf16le'));
    expect(filesWith(dir, KNOWN)).toEqual([join(dir, 'b'), join(dir, 'c')]);
  });
});
