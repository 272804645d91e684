import type { KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { P12_OID } from '../../../../electron/pki/pkcs12/oids.ts';
import { type Pkcs12, readPkcs12 } from '../../../../electron/pki/pkcs12/read-pkcs12.ts';
import { writePkcs12 } from '../../../../electron/pki/pkcs12/write-pkcs12.ts';
import { isAppError } from '../../../../shared/errors.ts';
import { certBag, plainPfx, safeBag } from '../../../fixtures/build-pfx.ts';
import { entriesOf, makeIdentity } from '../../../fixtures/pkcs12-material.ts';

const { identity } = makeIdentity();
const { signing } = identity;
const PASSWORD = 'pass';
const FILE = writePkcs12({ entries: entriesOf(identity), password: PASSWORD, iterations: 1 });
const KNOWN = new Set([signing.key, identity.encryption.key].map(secretOf));

/** The private value alone: a public point has several encodings. */
function secretOf(key: KeyObject): string {
  return String(key.export({ format: 'jwk' }).d);
}

/** What a file gives: null where it is refused with a code. Anything else that is thrown is a bug. */
function tryRead(bytes: Buffer): Pkcs12 | null {
  try {
    return readPkcs12(bytes, PASSWORD, { maxIterations: 10_000 });
  } catch (error) {
    if (!isAppError(error)) throw error;
    return null;
  }
}

function givesOtherKey(bytes: Buffer): boolean {
  return tryRead(bytes)?.entries.some(({ key }) => !KNOWN.has(secretOf(key))) ?? false;
}

describe('a changed PKCS#12', () => {
  test('one flipped bit under a MAC that gives another key', () => {
    for (let at = 0; at < FILE.length; at++) {
      const changed = Buffer.from(FILE);
      changed[at] = (FILE[at] ?? 0) ^ (1 << (at % 8));
      expect(givesOtherKey(changed), `byte ${at}`).toBe(false);
    }
  });

  test('several changed bytes under a MAC that give another key or crash the reader', () => {
    const change = fc.record({ at: fc.nat(FILE.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = Buffer.from(FILE);
        for (const { at, byte } of changes) changed[at] = byte;
        return !givesOtherKey(changed);
      }),
      { numRuns: 2000 },
    );
  });

  test('a file cut short that gives anything', () => {
    for (let length = 0; length < FILE.length; length++) expect(tryRead(FILE.subarray(0, length))).toBeNull();
  });

  test('one flipped bit without a MAC that leaves a key beside a certificate that is not its own', () => {
    const pkcs8 = signing.key.export({ type: 'pkcs8', format: 'der' });
    const file = plainPfx([safeBag(P12_OID.keyBag, pkcs8), certBag(signing.certificate.der)]);
    for (let at = 0; at < file.length; at++) {
      const changed = Buffer.from(file);
      changed[at] = (file[at] ?? 0) ^ (1 << (at % 8));
      for (const { key, certificate } of tryRead(changed)?.entries ?? []) {
        expect(certificate === null || KNOWN.has(secretOf(key)), `byte ${at}`).toBe(true);
      }
    }
  });
});
