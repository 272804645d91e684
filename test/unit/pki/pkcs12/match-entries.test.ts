import { describe, expect, test } from 'vitest';
import { createPair } from '../../../../electron/pki/issue/create-pair.ts';
import { issueSelfSigned } from '../../../../electron/pki/issue/issue-certificate.ts';
import { matchEntries } from '../../../../electron/pki/pkcs12/match-entries.ts';
import { NOW } from '../../../fixtures/pkcs12-material.ts';

const pair = (name: string) =>
  createPair({ purpose: 'sign', subject: { commonName: name }, algorithm: 'p256', now: NOW });
const one = pair('一');
const two = pair('二');
const renewed = issueSelfSigned(
  {
    subject: one.certificate.subject,
    publicKey: one.certificate.publicKey,
    notBefore: NOW,
    notAfter: new Date('2030-01-01T00:00:00Z'),
    extensions: [],
  },
  one.key,
);
const id = (value: number) => Buffer.from([value]);
const keyOf = ({ key }: typeof one, localKeyId: Buffer | null, friendlyName: string | null = null) => ({
  key,
  localKeyId,
  friendlyName,
});
const bag = (certificate: typeof renewed, localKeyId: Buffer | null, friendlyName: string | null = null) => ({
  certificate,
  localKeyId,
  friendlyName,
});

describe('matchEntries', () => {
  test('a localKeyId that gives a key the certificate of another', () => {
    const { entries, others } = matchEntries(
      [keyOf(one, id(2))],
      [bag(two.certificate, id(2)), bag(one.certificate, id(1))],
    );
    expect(entries[0]?.certificate).toBe(one.certificate);
    expect(others).toEqual([two.certificate]);
  });

  test('a localKeyId that names a certificate of another key, where the own one is missing', () => {
    const { entries, others } = matchEntries([keyOf(one, id(2))], [bag(two.certificate, id(2))]);
    expect(entries[0]?.certificate).toBeNull();
    expect(others).toEqual([two.certificate]);
  });

  test('two certificates of one key, of which the named one is not taken', () => {
    const bags = [bag(one.certificate, id(1)), bag(renewed, id(2))];
    expect(matchEntries([keyOf(one, id(2))], bags).entries[0]?.certificate).toBe(renewed);
    expect(matchEntries([keyOf(one, null)], bags).entries[0]?.certificate).toBe(one.certificate);
  });

  test('a name that only the certificate has', () => {
    const { entries } = matchEntries([keyOf(one, null)], [bag(one.certificate, id(1), '签名')]);
    expect(entries[0]).toMatchObject({ friendlyName: '签名', localKeyId: id(1) });
    expect(matchEntries([keyOf(one, null, '钥')], [bag(one.certificate, null, '签名')]).entries[0]?.friendlyName).toBe(
      '钥',
    );
  });

  test('a certificate that comes twice', () => {
    const { others } = matchEntries([], [bag(one.certificate, null), bag(one.certificate, id(1))]);
    expect(others).toHaveLength(1);
  });
});
