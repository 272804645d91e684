import { describe, expect, test } from 'vitest';
import {
  findChannel,
  listChannels,
  listOfficeChannels,
  putChannel,
  removeChannel,
  setOfficeChannels,
} from '../../../../electron/vault/repositories/channels.ts';
import {
  findActiveVaultKey,
  findSigningKey,
  insertSigningKey,
  insertVaultKey,
  listSigningKeys,
  listVaultKeys,
  removeSigningKey,
} from '../../../../electron/vault/repositories/keys.ts';
import { findMeta, putMeta, removeMeta } from '../../../../electron/vault/repositories/meta.ts';
import { putOffice } from '../../../../electron/vault/repositories/offices.ts';
import {
  type AnchorRow,
  changeAnchor,
  confirmAnchor,
  findAnchor,
  insertAnchor,
  insertCrl,
  listAnchors,
  listCrls,
  listNewestCrls,
  removeAnchor,
} from '../../../../electron/vault/repositories/trust.ts';
import { DAY, personOf, sha } from '../../../fixtures/exchange-messages.ts';
import { memoryDatabase } from '../../../fixtures/memory-vault.ts';
import { at, FIRM } from '../../../fixtures/vault-material.ts';

const bytes = (text: string): Buffer => Buffer.from(text);

describe('keys of the vault', () => {
  const keyOf = (name: string, addedAt = DAY) =>
    ({
      certificateSha256: sha(name),
      kind: 'encryption',
      certificate: bytes(name),
      key: bytes(`key ${name}`),
      token: null,
      addedAt,
    }) as const;

  test('of one kind one is active; those before still open what was sealed for them', () => {
    const { read, write } = memoryDatabase();
    write((db) => insertVaultKey(db, keyOf('one')));
    write((db) => insertVaultKey(db, keyOf('two', at('2027-01-01T00:00:00.000Z'))));
    expect(findActiveVaultKey(read, 'encryption')).toMatchObject({
      certificateSha256: sha('two'),
      key: bytes('key two'),
    });
    expect(
      listVaultKeys(read, 'encryption').map(({ certificateSha256, status }) => [certificateSha256, status]),
    ).toEqual([
      [sha('two'), 'active'],
      [sha('one'), 'retired'],
    ]);
    expect(findActiveVaultKey(read, 'receipt')).toBeNull();
  });

  test('of persons are kept as they came and go when asked', () => {
    const { read, write } = memoryDatabase();
    const row = {
      certificateSha256: sha('s'),
      person: personOf('x'),
      certificate: bytes('c'),
      p12: bytes('p12'),
      token: null,
      addedAt: DAY,
    };
    write((db) => insertSigningKey(db, row));
    expect(findSigningKey(read, sha('s'))).toEqual(row);
    expect(listSigningKeys(read, personOf('y'))).toEqual([]);
    write((db) => removeSigningKey(db, sha('s')));
    expect(listSigningKeys(read, personOf('x'))).toEqual([]);
  });
});

describe('anchors and revocation lists', () => {
  const crlOf = (issuer: string, thisUpdate: string, scope = '') => ({
    sha256: sha(`${issuer} ${thisUpdate} ${scope}`),
    issuer: bytes(issuer),
    scope,
    crl: bytes(`${issuer} ${thisUpdate}`),
    thisUpdate: at(thisUpdate),
    nextUpdate: null,
    source: 'file',
    fetchedAt: DAY,
  });

  test('are stored once', () => {
    const { read, write } = memoryDatabase();
    const anchor: AnchorRow = {
      sha256: sha('a'),
      certificate: bytes('a'),
      subject: 'CN=a',
      scopes: ['sign', 'tls'],
      validFrom: null,
      validUntil: at('2027-01-01T00:00:00.000Z'),
      addedAt: DAY,
      addedBy: 'x',
      confirmedAt: null,
      confirmedBy: null,
    };
    expect(write((db) => insertAnchor(db, anchor))).toBe(true);
    expect(write((db) => insertAnchor(db, { ...anchor, addedBy: 'y' }))).toBe(false);
    expect(listAnchors(read)).toEqual([anchor]);
    write((db) => confirmAnchor(db, sha('a'), DAY, 'y'));
    write((db) => changeAnchor(db, sha('a'), { scopes: ['timestamp'], validFrom: DAY, validUntil: null }));
    const changed = { scopes: ['timestamp'], validFrom: DAY, validUntil: null, confirmedAt: DAY, confirmedBy: 'y' };
    expect(findAnchor(read, sha('a'))).toEqual({ ...anchor, ...changed });
    write((db) => removeAnchor(db, sha('a')));
    expect(listAnchors(read)).toEqual([]);
  });

  test('of one issuer come newest first; of all issuers the newest of each', () => {
    const { read, write } = memoryDatabase();
    const [old, recent, other] = [
      crlOf('A', '2026-01-01T00:00:00.000Z'),
      crlOf('A', '2026-02-01T00:00:00.000Z'),
      crlOf('B', '2025-01-01T00:00:00.000Z'),
    ];
    write((db) => {
      for (const crl of [recent, old, other]) expect(insertCrl(db, crl)).toBe(true);
      expect(insertCrl(db, old)).toBe(false);
    });
    expect(listCrls(read, bytes('A'))).toEqual([recent, old]);
    expect(listNewestCrls(read)).toEqual([other, recent]);
  });

  test('of one issuer that cover different things stand side by side', () => {
    const { read, write } = memoryDatabase();
    const all = [crlOf('A', '2026-01-01T00:00:00.000Z', 'users'), crlOf('A', '2026-02-01T00:00:00.000Z', 'CAs')];
    write((db) => all.map((crl) => insertCrl(db, crl)));
    expect(listNewestCrls(read)).toEqual(all);
  });
});

describe('channels', () => {
  const folder = { id: 'c1', kind: 'folder', config: { path: '/mnt/share' }, addedAt: DAY } as const;

  test('are assigned to offices and go with their assignments', () => {
    const { read, write } = memoryDatabase();
    write((db) => {
      putOffice(db, FIRM, DAY);
      putChannel(db, folder);
      putChannel(db, { ...folder, id: 'c2' });
      setOfficeChannels(db, FIRM.id, ['c1', 'c2']);
    });
    expect(listOfficeChannels(read, FIRM.id).map(({ id }) => id)).toEqual(['c1', 'c2']);
    write((db) => setOfficeChannels(db, FIRM.id, ['c1']));
    expect(listOfficeChannels(read, FIRM.id)).toEqual([folder]);
    write((db) => removeChannel(db, 'c1'));
    expect([listOfficeChannels(read, FIRM.id), findChannel(read, 'c1'), listChannels(read).length]).toEqual([
      [],
      null,
      1,
    ]);
  });

  test('are replaced by id', () => {
    const { read, write } = memoryDatabase();
    write((db) => putChannel(db, folder));
    write((db) => putChannel(db, { ...folder, config: { path: '/other' } }));
    expect(findChannel(read, 'c1')).toEqual({ ...folder, config: { path: '/other' } });
  });
});

describe('settings', () => {
  test('are put, replaced and removed', () => {
    const { read, write } = memoryDatabase();
    write((db) => putMeta(db, 'a', '1'));
    write((db) => putMeta(db, 'a', '2'));
    expect(findMeta(read, 'a')).toBe('2');
    write((db) => removeMeta(db, 'a'));
    expect(findMeta(read, 'a')).toBeNull();
  });
});
