import { describe, expect, test } from 'vitest';
import {
  findLastPosition,
  findPosition,
  findPositionOf,
  insertPosition,
  listPositions,
} from '../../../../electron/vault/repositories/positions.ts';
import {
  findCurrentReceipt,
  findReceipt,
  insertReceipt,
  listReceipts,
  retireReceipt,
  setReceiptFlags,
} from '../../../../electron/vault/repositories/receipts.ts';
import { MATTER, makeAct, sha, vaultOf } from '../../../fixtures/exchange-messages.ts';
import { memoryDatabase } from '../../../fixtures/memory-vault.ts';
import { receiptFor } from '../../../fixtures/receipt-material.ts';
import { at, FIRM, PROCURATORATE } from '../../../fixtures/vault-material.ts';

const { m, message } = makeAct({ from: FIRM.id, to: [PROCURATORATE.id] });
const office = PROCURATORATE.id;

describe('receipts', () => {
  test('come back as they were, for a message that need not be known', () => {
    const { read, write } = memoryDatabase();
    const entry = receiptFor(m, message, { office, pos: 2, posPrev: sha('before'), heads: [m] });
    write((db) => insertReceipt(db, { ...entry, flags: ['clock-skew'] }));
    expect(findReceipt(read, entry.m)).toMatchObject({
      kind: 'delivered',
      office,
      vault: vaultOf(office),
      message: m,
      pos: 2,
      posPrev: sha('before'),
      current: true,
      flags: ['clock-skew'],
      body: entry.body,
    });
  });

  test('of one vault, kind and message one is current', () => {
    const { read, write } = memoryDatabase();
    const first = receiptFor(m, message, { office });
    const second = receiptFor(
      m,
      message,
      { office, supersedes: first.m, receivedAt: at('2026-11-25T00:00:00.000Z') },
      { storedAt: at('2026-11-25T00:00:00.000Z') },
    );
    write((db) => insertReceipt(db, first));
    expect(() => write((db) => insertReceipt(db, second))).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    write((db) => {
      expect(retireReceipt(db, first.m)).toBe(true);
      expect(retireReceipt(db, first.m)).toBe(false);
      insertReceipt(db, second);
    });
    expect(findCurrentReceipt(read, vaultOf(office), 'delivered', m)?.m).toBe(second.m);
    expect(findCurrentReceipt(read, vaultOf(office), 'opened', m)).toBeNull();
    expect(listReceipts(read, m).map((row) => [row.m, row.current])).toEqual([
      [first.m, false],
      [second.m, true],
    ]);
  });

  test('take flags after they were stored', () => {
    const { read, write } = memoryDatabase();
    const entry = receiptFor(m, message, { office });
    write((db) => insertReceipt(db, entry));
    write((db) => setReceiptFlags(db, entry.m, ['before-message']));
    expect(findReceipt(read, entry.m)?.flags).toEqual(['before-message']);
  });
});

describe('positions', () => {
  test('are found by place and by message, and listed in order with their gaps', () => {
    const { read, write } = memoryDatabase();
    const entry = receiptFor(m, message, { office });
    write((db) => {
      insertReceipt(db, entry);
      for (const pos of [3, 1, 7])
        insertPosition(db, { matter: MATTER, pos, message: sha(`at ${pos}`), receipt: entry.m });
    });
    expect(listPositions(read, MATTER).map(({ pos }) => pos)).toEqual([1, 3, 7]);
    expect(listPositions(read, MATTER, 1).map(({ pos }) => pos)).toEqual([3, 7]);
    expect(findLastPosition(read, MATTER)?.pos).toBe(7);
    expect(findPosition(read, MATTER, 3)?.message).toBe(sha('at 3'));
    expect(findPositionOf(read, MATTER, sha('at 7'))?.pos).toBe(7);
    expect([findPosition(read, MATTER, 2), findPositionOf(read, MATTER, sha('x'))]).toEqual([null, null]);
  });

  test('need the receipt that says so', () => {
    const { write } = memoryDatabase();
    const orphan = () =>
      write((db) => insertPosition(db, { matter: MATTER, pos: 1, message: m, receipt: sha('none') }));
    expect(orphan).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});
