import { describe, expect, test } from 'vitest';
import type { WritableDb } from '../../../electron/vault/db/handle.ts';
import { insertAlarm } from '../../../electron/vault/repositories/alarms.ts';
import { insertCard } from '../../../electron/vault/repositories/cards.ts';
import { insertVaultKey } from '../../../electron/vault/repositories/keys.ts';
import { insertOutboxItem, markOutboxPosted } from '../../../electron/vault/repositories/outbox.ts';
import { insertPosition } from '../../../electron/vault/repositories/positions.ts';
import { insertReceipt } from '../../../electron/vault/repositories/receipts.ts';
import { insertRejected } from '../../../electron/vault/repositories/rejected.ts';
import type { Vault } from '../../../electron/vault/vault.ts';
import type { Address, Sha256 } from '../../../shared/model/brand.ts';
import { DAY, MATTER, makeAct, makeCard, sha } from '../../fixtures/exchange-messages.ts';
import { outboxItemFor } from '../../fixtures/outbox-material.ts';
import { receiptFor } from '../../fixtures/receipt-material.ts';
import { FIRM, makeVault, noise, PROCURATORATE, storeBlob, storeOpening } from '../../fixtures/vault-material.ts';

const refused = expect.objectContaining({
  code: 'INTERNAL',
  params: expect.objectContaining({ sqlite: 'SQLITE_CONSTRAINT_TRIGGER' }),
});

/** A vault with one row in every table whose facts a trigger keeps. */
async function filled(): Promise<Vault> {
  const { vault } = await makeVault();
  const { m, message } = makeAct({ from: FIRM.id, to: [PROCURATORATE.id] });
  const document = { name: '委托书.pdf', kind: 'proxy', mediaType: 'application/pdf', size: 1, sha256: sha('d') };
  storeOpening(vault, m, { ...message, documents: [document] }, await storeBlob(vault, noise(10)));
  await storeBlob(vault, noise(20));
  vault.write((db) => {
    insertReceipt(db, receiptFor(m, message, { office: PROCURATORATE.id, pos: 1 }));
    insertPosition(db, {
      matter: MATTER,
      pos: 1,
      message: m,
      receipt: receiptFor(m, message, { office: PROCURATORATE.id, pos: 1 }).m,
    });
    insertCard(db, {
      m: sha('card'),
      body: makeCard(PROCURATORATE.id),
      blob: null,
      status: 'pending',
      receivedAt: DAY,
    });
    insertAlarm(db, { at: DAY, code: 'MESSAGE_EQUIVOCATION' });
    insertRejected(db, {
      digest: sha('r'),
      size: 1,
      code: 'PACKAGE_TAMPERED',
      detail: {},
      address: 'a'.repeat(26) as Address,
      receivedAt: DAY,
      quarantineFile: null,
      purgeAt: null,
    });
    insertVaultKey(db, {
      certificateSha256: sha('k'),
      kind: 'receipt',
      certificate: Buffer.alloc(1),
      key: Buffer.alloc(1),
      token: null,
      addedAt: DAY,
    });
    insertOutboxItem(db, outboxItemFor(m));
  });
  return vault;
}

const attempt = (vault: Vault, sql: string) => () => vault.write((db: WritableDb) => db.run(sql));

const CHANGES = [
  "UPDATE messages SET body = '{}'",
  "UPDATE messages SET m = '0000000000000000000000000000000000000000000000000000000000000000'",
  'UPDATE messages SET author_epoch = 2',
  "UPDATE messages SET first_received_at = '2020-01-01T00:00:00.000Z'",
  "UPDATE messages SET status = 'refused'",
  'UPDATE messages SET blob = (SELECT id FROM blobs WHERE size = 20)',
  'DELETE FROM messages',
  "UPDATE documents SET name = 'x'",
  "UPDATE receipts SET body = '{}'",
  'UPDATE receipts SET pos = 2',
  'DELETE FROM receipts',
  "UPDATE positions SET message = 'x'",
  "UPDATE cards SET body = '{}'",
  'UPDATE cards SET version = 9',
  'DELETE FROM cards',
  "UPDATE matters SET opener = 'x'",
  "UPDATE audit SET detail = '{}'",
  'DELETE FROM audit',
  'INSERT INTO audit SELECT seq + 2, at, actor, action, subject, detail, hash, hash FROM audit ORDER BY seq DESC LIMIT 1',
  'INSERT INTO audit SELECT seq + 1, at, actor, action, subject, detail, prev_hash, hash FROM audit ORDER BY seq DESC LIMIT 1',
  "UPDATE alarms SET code = 'X'",
  'DELETE FROM alarms',
  "UPDATE rejected SET code = 'X'",
  'DELETE FROM rejected',
  'UPDATE blobs SET size = 9',
  "UPDATE vault_keys SET key = x'00'",
  "UPDATE outbox SET address = 'x'",
] as const;

describe('the database keeps facts', () => {
  test.each(CHANGES)('%s is refused by a trigger', async (sql) => {
    expect(attempt(await filled(), sql)).toThrow(refused);
  });

  test('what was posted stays posted', async () => {
    const vault = await filled();
    vault.write((db) => markOutboxPosted(db, 1, DAY));
    expect(attempt(vault, "UPDATE outbox SET state = 'queued'")).toThrow(refused);
  });

  test.each([
    ['a second accepted message of one id', { seq: 2, m: sha('other') }],
    [
      'a second accepted message at one place of an author',
      { id: '0190b6a0-0000-7000-8000-000000000001', m: sha('other') },
    ],
  ])('%s is refused', async (_, change) => {
    const vault = await filled();
    const columns =
      'kind, type, act, author_office, author_vault, author_epoch, matter, sender_certificate, created_at, signature_digest, body, direction, first_received_at, status';
    const id = 'id' in change ? `'${change.id}'` : 'id';
    const seq = 'seq' in change ? change.seq : 'seq';
    const sql = `INSERT INTO messages (m, id, seq, ${columns}) SELECT '${change.m as Sha256}', ${id}, ${seq}, ${columns} FROM messages`;
    expect(attempt(vault, sql)).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ sqlite: 'SQLITE_CONSTRAINT_UNIQUE' }) }),
    );
    expect(attempt(vault, sql.replace(/status FROM/, "'refused' FROM"))).not.toThrow();
  });

  test('two messages at one place of the lead, or one message at two, are refused', async () => {
    const vault = await filled();
    const receipt = '(SELECT m FROM receipts)';
    for (const sql of [
      `INSERT INTO positions VALUES ('${MATTER}', 1, 'other', ${receipt})`,
      `INSERT INTO positions SELECT matter, 2, message, receipt FROM positions`,
    ]) {
      expect(attempt(vault, sql)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    }
  });
});
