import { describe, expect, test } from 'vitest';
import {
  acknowledgeAlarm,
  insertAlarm,
  listAlarms,
  listOpenAlarms,
} from '../../../../electron/vault/repositories/alarms.ts';
import { insertDuty, listDuties, removeDuty } from '../../../../electron/vault/repositories/duties.ts';
import {
  claimInboxItem,
  findInboxItem,
  listInboxByDigest,
  listOpenInbox,
  markInboxDone,
  markInboxDownloaded,
} from '../../../../electron/vault/repositories/inbox.ts';
import {
  cancelOutboxItem,
  findNextOutboxTime,
  findOutboxItem,
  freezeOutbox,
  insertOutboxItem,
  listDueOutbox,
  listFrozenOutbox,
  listOutboxOf,
  markOutboxFailed,
  markOutboxPosted,
  releaseOutboxItem,
} from '../../../../electron/vault/repositories/outbox.ts';
import {
  findPackage,
  findPackageOf,
  insertPackage,
  listSpentPackages,
  removePackage,
} from '../../../../electron/vault/repositories/packages.ts';
import type { Address } from '../../../../shared/model/brand.ts';
import { DAY, MATTER, sha } from '../../../fixtures/exchange-messages.ts';
import { memoryDatabase } from '../../../fixtures/memory-vault.ts';
import { ADDRESS, outboxItemFor } from '../../../fixtures/outbox-material.ts';
import { at } from '../../../fixtures/vault-material.ts';

const LATER = at('2026-11-24T07:00:00.000Z');
describe('the outbox', () => {
  test('takes a message once for each address', () => {
    const { read, write } = memoryDatabase();
    expect(write((db) => insertOutboxItem(db, outboxItemFor(sha('m'))))).toBe(true);
    expect(write((db) => insertOutboxItem(db, outboxItemFor(sha('m'))))).toBe(false);
    expect(write((db) => insertOutboxItem(db, outboxItemFor(sha('m'), 'b'.repeat(26) as Address)))).toBe(true);
    expect(listOutboxOf(read, sha('m'))).toHaveLength(2);
  });

  test('waits after a failure and forgets it once posted', () => {
    const { read, write } = memoryDatabase();
    write((db) => insertOutboxItem(db, outboxItemFor(sha('m'))));
    write((db) => markOutboxFailed(db, 1, 'ROUTE_UNAVAILABLE', LATER));
    expect(listDueOutbox(read, DAY, 10)).toEqual([]);
    expect(findNextOutboxTime(read)).toBe(LATER);
    expect(listDueOutbox(read, LATER, 10)).toMatchObject([{ attempts: 1, lastError: 'ROUTE_UNAVAILABLE' }]);
    write((db) => markOutboxPosted(db, 1, LATER));
    expect(findOutboxItem(read, 1)).toMatchObject({ state: 'posted', lastError: null, postedAt: LATER });
    expect(findNextOutboxTime(read)).toBeNull();
  });

  test('posted twice keeps the first time', () => {
    const { read, write } = memoryDatabase();
    write((db) => insertOutboxItem(db, outboxItemFor(sha('m'))));
    write((db) => markOutboxPosted(db, 1, DAY));
    write((db) => markOutboxPosted(db, 1, LATER));
    expect(findOutboxItem(read, 1)?.postedAt).toBe(DAY);
  });

  test('frozen sends nothing until a person releases each item', () => {
    const { read, write } = memoryDatabase();
    write((db) => {
      insertOutboxItem(db, outboxItemFor(sha('posted')));
      markOutboxPosted(db, 1, DAY);
      for (const name of ['a', 'b', 'c']) insertOutboxItem(db, outboxItemFor(sha(name)));
    });
    expect(write((db) => freezeOutbox(db))).toBe(3);
    expect(listDueOutbox(read, LATER, 10)).toEqual([]);
    expect(listFrozenOutbox(read)).toHaveLength(3);
    write((db) => {
      releaseOutboxItem(db, 2, LATER);
      cancelOutboxItem(db, 3);
      markOutboxPosted(db, 4, LATER);
    });
    expect([1, 2, 3, 4].map((id) => findOutboxItem(read, id)?.state)).toEqual([
      'posted',
      'queued',
      'cancelled',
      'posted',
    ]);
    for (const change of [releaseOutboxItem, markOutboxPosted]) {
      expect(() => write((db) => change(db, 3, LATER))).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    }
  });
});

describe('packages', () => {
  test('are spent when no copy of their message waits', () => {
    const { read, write } = memoryDatabase();
    const row = { digest: sha('p'), size: 9, m: sha('m'), file: 'f.p7m', createdAt: DAY };
    write((db) => {
      insertPackage(db, row);
      insertOutboxItem(db, outboxItemFor(sha('m')));
      insertOutboxItem(db, outboxItemFor(sha('m'), 'b'.repeat(26) as Address));
      markOutboxPosted(db, 1, DAY);
    });
    expect(listSpentPackages(read, 10)).toEqual([]);
    write((db) => markOutboxPosted(db, 2, DAY));
    expect(listSpentPackages(read, 10)).toEqual([row]);
    expect([findPackage(read, sha('p')), findPackageOf(read, sha('m'))]).toEqual([row, row]);
    write((db) => removePackage(db, sha('p')));
    expect(findPackageOf(read, sha('m'))).toBeNull();
  });
});

describe('the inbox', () => {
  const key = { channel: 'c', address: ADDRESS, mailboxName: 'x.p7m' };
  const file = { file: 'f.p7m', digest: sha('bytes'), size: 5 };

  test('knows a file that comes again', () => {
    const { read, write } = memoryDatabase();
    expect(write((db) => claimInboxItem(db, key, DAY))).toBe(true);
    write((db) => markInboxDownloaded(db, key, file, DAY));
    expect(listOpenInbox(read)).toMatchObject([{ ...key, ...file, state: 'downloaded' }]);
    write((db) => markInboxDone(db, key, 'accepted', sha('m'), LATER));
    expect(write((db) => claimInboxItem(db, key, LATER))).toBe(false);
    expect(findInboxItem(read, key)).toMatchObject({
      state: 'done',
      outcome: 'accepted',
      m: sha('m'),
      file: null,
      digest: sha('bytes'),
    });
    expect(listOpenInbox(read)).toEqual([]);
    expect(listInboxByDigest(read, sha('bytes'))).toHaveLength(1);
  });

  test('does not open again what is done', () => {
    const { write } = memoryDatabase();
    write((db) => claimInboxItem(db, key, DAY));
    write((db) => markInboxDone(db, key, 'not-for-me', null, DAY));
    expect(() => write((db) => markInboxDownloaded(db, key, file, DAY))).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });
});

describe('duties', () => {
  test('are done in their order, each once', () => {
    const { read, write } = memoryDatabase();
    const ids = ['a', 'b', 'c'].map((name) => write((db) => insertDuty(db, 'seal-receipt', { name }, DAY)));
    expect(listDuties(read, 2).map(({ payload }) => payload)).toEqual([{ name: 'a' }, { name: 'b' }]);
    write((db) => removeDuty(db, ids[0] ?? 0));
    expect(listDuties(read, 10, ids[1]).map(({ id }) => id)).toEqual([ids[2]]);
    expect(() => write((db) => removeDuty(db, ids[0] ?? 0))).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});

describe('alarms', () => {
  test('stay in the list after somebody saw them', () => {
    const { read, write } = memoryDatabase();
    const id = write((db) =>
      insertAlarm(db, { at: DAY, code: 'LEAD_EQUIVOCATION', matter: MATTER, m: sha('m'), detail: { pos: 2 } }),
    );
    expect(listOpenAlarms(read)).toMatchObject([{ id, detail: { pos: 2 }, acknowledgedAt: null }]);
    write((db) => acknowledgeAlarm(db, id, LATER, 'p'));
    expect(listOpenAlarms(read)).toEqual([]);
    expect(listAlarms(read, 10)).toMatchObject([{ id, acknowledgedAt: LATER, acknowledgedBy: 'p' }]);
    expect(() => write((db) => acknowledgeAlarm(db, id, LATER, 'q'))).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });
});
