import { describe, expect, test } from 'vitest';
import { describePkcs12 } from '../../../../electron/pki/pkcs12/describe-pkcs12.ts';
import { P12_OID } from '../../../../electron/pki/pkcs12/oids.ts';
import { writePkcs12 } from '../../../../electron/pki/pkcs12/write-pkcs12.ts';
import { plainPfx, safeBag } from '../../../fixtures/build-pfx.ts';
import { entriesOf, FEW_ITERATIONS, makeIdentity } from '../../../fixtures/pkcs12-material.ts';

const { identity } = makeIdentity();
const FILE = writePkcs12({
  entries: entriesOf(identity),
  certificates: identity.chain,
  password: 'pass',
  iterations: FEW_ITERATIONS,
});
const PBES2 = {
  scheme: 'PBES2',
  cipher: 'AES-256-CBC',
  kdf: 'PBKDF2',
  digest: 'SHA-256',
  iterations: FEW_ITERATIONS,
  legacy: false,
};

describe('describePkcs12', () => {
  test('what a locked file shows that is missed, or shown as verified', () => {
    const description = describePkcs12(FILE, null);
    expect(description).toMatchObject({
      unlocked: false,
      integrity: { kind: 'mac', digest: 'SHA-256', kdf: 'PKCS12', iterations: FEW_ITERATIONS },
      encryption: [PBES2],
      legacy: [],
    });
    expect(description?.contents[0]).toEqual({ encryption: PBES2, bags: null });
    expect(description?.contents[1]?.bags?.map(({ kind, friendlyName, key }) => ({ kind, friendlyName, key }))).toEqual(
      [
        { kind: 'shrouded-key', friendlyName: '签名', key: null },
        { kind: 'shrouded-key', friendlyName: '加密', key: null },
      ],
    );
  });

  test('entries of an unlocked file that are missed', () => {
    const bags = describePkcs12(FILE, 'pass')?.contents.flatMap((contents) => contents.bags ?? []) ?? [];
    expect(bags.map(({ kind, key }) => [kind, key])).toEqual([
      ['certificate', null],
      ['certificate', null],
      ['certificate', null],
      ['shrouded-key', 'P-256'],
      ['shrouded-key', 'P-256'],
    ]);
    expect(bags[0]?.certificate?.sha256).toBe(identity.signing.certificate.sha256);
    expect(bags[3]?.localKeyId).toBe(bags[0]?.localKeyId);
  });

  test('a description that works with a wrong password', () => {
    expect(() => describePkcs12(FILE, 'wrong')).toThrow(expect.objectContaining({ code: 'P12_PASSWORD_WRONG' }));
    expect(describePkcs12(Buffer.from('no'), 'pass')).toBeNull();
  });

  test('a key in the clear that a description without password loads', () => {
    const pkcs8 = identity.signing.key.export({ type: 'pkcs8', format: 'der' });
    const description = describePkcs12(plainPfx([safeBag(P12_OID.keyBag, pkcs8)]), null);
    expect(description).toMatchObject({
      integrity: { kind: 'none' },
      contents: [{ bags: [{ kind: 'key', key: null }] }],
    });
  });
});
