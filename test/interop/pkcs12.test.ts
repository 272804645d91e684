import type { KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadPrivateKey } from '../../electron/pki/keys.ts';
import { readPem, writePem } from '../../electron/pki/pem.ts';
import { identityFromPkcs12 } from '../../electron/pki/pkcs12/identity-from-pkcs12.ts';
import { type Pkcs12, readPkcs12 } from '../../electron/pki/pkcs12/read-pkcs12.ts';
import { writePkcs12 } from '../../electron/pki/pkcs12/write-pkcs12.ts';
import { readCertificates } from '../../electron/pki/read-certificates.ts';
import { digestsOf, entriesOf, makeIdentity } from '../fixtures/pkcs12-material.ts';
import { hasTool, mustRun, type RunOptions, run } from './foreign-tool.ts';

const ALGORITHMS = ['p256', 'p384', 'rsa3072'] as const;
const ASCII = 'secret pass';
const CHINESE = '密码 pass';
const PASSWORDS = [ASCII, CHINESE];

const folder = mkdtempSync(join(tmpdir(), 'lexpost-p12-'));
afterAll(() => rmSync(folder, { recursive: true }));

const utf8: RunOptions = { cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } };
const file = (name: string) => join(folder, name);
const readBack = (name: string, password: string): Pkcs12 | null => readPkcs12(readFileSync(file(name)), password);

const identities = ALGORITHMS.map((algorithm) => ({ algorithm, ...makeIdentity(algorithm) }));
/** With the default number of iterations, which other programs must bear. */
const ours = identities.flatMap(({ algorithm, identity }) =>
  PASSWORDS.map((password, index) => {
    const name = `ours-${algorithm}-${index}.p12`;
    const bytes = writePkcs12({ entries: entriesOf(identity), certificates: identity.chain, password });
    writeFileSync(file(name), bytes);
    return { algorithm, identity, password, name };
  }),
);
const ofAscii = ours.filter(({ password }) => password === ASCII);
const keysOf = (p12: Pkcs12 | null): string[] => (p12?.entries ?? []).map(({ key }) => secretOf(key)).sort();

/** The private value: the same key has several encodings. */
function secretOf(key: KeyObject): string {
  return String(key.export({ format: 'jwk' }).d);
}

/** The PEM of another program's listing. */
function readListing(listing: Buffer, password: string): { readonly keys: string[]; readonly certificates: string[] } {
  const keyBlocks = (readPem(listing) ?? []).filter(({ label }) => label.endsWith('PRIVATE KEY'));
  return {
    keys: keyBlocks.map(({ text }) => secretOf(loadPrivateKey(Buffer.from(text), Buffer.from(password)))).sort(),
    certificates: readCertificates(listing)
      .map(({ sha256 }) => sha256)
      .sort(),
  };
}

function expectedListing({ identity }: (typeof ours)[number]) {
  const { signing, encryption, chain } = identity;
  return {
    keys: [signing.key, encryption.key].map(secretOf).sort(),
    certificates: digestsOf([signing.certificate, encryption.certificate, ...chain]).sort(),
  };
}

describe.skipIf(!hasTool('openssl'))('openssl pkcs12 and our files', () => {
  test.each(ours)('$name: keys or certificates that it does not find in ours', (one) => {
    const args = ['pkcs12', '-in', one.name, '-passin', `pass:${one.password}`, '-nodes'];
    const { stdout, text } = mustRun('openssl', args, utf8);
    expect(readListing(stdout, one.password)).toEqual(expectedListing(one));
    expect(text).not.toContain('rror');
  });

  test('a wrong password that it takes', () => {
    expect(run('openssl', ['pkcs12', '-in', 'ours-p256-0.p12', '-passin', 'pass:wrong', '-noout'], utf8).status).toBe(
      1,
    );
  });

  const [first] = identities;
  const signing = first?.identity.signing;
  const pem =
    signing === undefined
      ? ''
      : String(signing.key.export({ type: 'pkcs8', format: 'pem' })) + writePem('CERTIFICATE', signing.certificate.der);
  const utf8AsLatin1 = Buffer.from(CHINESE).toString('latin1');
  const gbk = Buffer.from('c3dcc2eb2070617373', 'hex');

  test.each([
    ['its default', CHINESE, [], CHINESE],
    ['RC2-40, 3DES, SHA-1', CHINESE, ['-legacy'], CHINESE],
    ['RC2-128 and two-key 3DES', ASCII, ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-2DES'], ASCII],
    ['PBES2 with 3DES', ASCII, ['-certpbe', 'AES-192-CBC', '-keypbe', 'DES-EDE3-CBC', '-macalg', 'sha384'], ASCII],
    ['a MAC of SHA-512', CHINESE, ['-macalg', 'sha512'], CHINESE],
    ['a MAC of SHA-224', CHINESE, ['-macalg', 'sha224', '-iter', '1'], CHINESE],
    ['nothing encrypted', ASCII, ['-certpbe', 'NONE', '-keypbe', 'NONE'], ASCII],
    ['an empty password', '', [], ''],
    ['an empty password and old ciphers', '', ['-legacy'], ''],
    ['GBK octets', gbk, [], CHINESE],
    ['GBK octets and old ciphers', gbk, ['-legacy'], CHINESE],
    ['Latin-1 octets', Buffer.from('caf\xe9', 'latin1'), [], 'café'],
    ['UTF-8 taken for Latin-1, as before version 1.1', utf8AsLatin1, ['-legacy'], CHINESE],
  ] as const)('a file with %s that we do not read', (_, octets, options, password) => {
    writeFileSync(file('octets'), Buffer.concat([Buffer.from(octets), Buffer.from('\n')]));
    const args = ['pkcs12', '-export', '-name', '签名', '-passout', 'file:octets', '-out', 'theirs.p12', ...options];
    mustRun('openssl', args, { ...utf8, input: pem });
    const p12 = readBack('theirs.p12', password);
    expect(p12?.entries.map(({ key, friendlyName }) => [secretOf(key), friendlyName])).toEqual([
      [signing === undefined ? null : secretOf(signing.key), '签名'],
    ]);
    expect(p12?.entries[0]?.certificate?.sha256).toBe(signing?.certificate.sha256);
    expect(p12?.integrity).toBe('mac');
  });

  test('a file without MAC that is taken for one with', () => {
    const args = ['pkcs12', '-export', '-nomac', '-passout', `pass:${ASCII}`, '-out', 'theirs.p12'];
    mustRun('openssl', args, { ...utf8, input: pem });
    expect(readBack('theirs.p12', ASCII)?.integrity).toBe('none');
    expect(() => readBack('theirs.p12', 'wrong')).toThrow(expect.objectContaining({ code: 'P12_PASSWORD_WRONG' }));
  });

  test('RC4 that is not refused by its name', () => {
    const args = ['pkcs12', '-export', '-legacy', '-keypbe', 'PBE-SHA1-RC4-128', '-passout', `pass:${ASCII}`];
    mustRun('openssl', [...args, '-out', 'theirs.p12'], { ...utf8, input: pem });
    expect(() => readBack('theirs.p12', ASCII)).toThrow(
      expect.objectContaining({ code: 'P12_ALGORITHM_REFUSED', params: { algorithm: 'pbeWithSHAAnd128BitRC4' } }),
    );
  });
});

/** Java takes passwords in ASCII alone, from anybody ("Password is not ASCII"). */
describe.skipIf(!hasTool('keytool'))('keytool and our files', () => {
  test.each(ofAscii)('$name: entries that it does not import, or writes so that we do not read them', (one) => {
    const copy = `keytool-${one.name}`;
    const source = ['-srckeystore', one.name, '-srcstoretype', 'PKCS12', '-srcstorepass', one.password];
    const target = ['-destkeystore', copy, '-deststoretype', 'PKCS12', '-deststorepass', 'other pass'];
    mustRun('keytool', ['-importkeystore', ...source, ...target, '-noprompt'], utf8);
    const p12 = readBack(copy, 'other pass');
    expect(keysOf(p12)).toEqual(expectedListing(one).keys);
    expect(p12?.entries.map(({ friendlyName }) => friendlyName).sort()).toEqual(['加密', '签名']);
    expect(digestsOf(p12?.certificates ?? [])).toEqual(digestsOf(one.identity.chain));
  });

  test.each([
    ['its default', []],
    ['RC2-40, 3DES, SHA-1', ['-J-Dkeystore.pkcs12.legacy']],
  ])('a file with %s that we do not read', (name, options) => {
    const store = `keytool-own-${options.length}.p12`;
    const args = ['-genkeypair', '-alias', '签名', '-keyalg', 'EC', '-groupname', 'secp384r1', '-dname', 'CN=测试'];
    mustRun('keytool', [...options, ...args, '-keystore', store, '-storetype', 'PKCS12', '-storepass', ASCII], utf8);
    const p12 = readBack(store, ASCII);
    expect(p12?.entries).toMatchObject([{ friendlyName: '签名', certificate: { commonName: '测试' } }]);
    expect(p12?.description.legacy.length, name).toBe(options.length === 0 ? 0 : 3);
  });
});

describe.skipIf(!hasTool('pk12util') || !hasTool('certutil'))('pk12util and our files', () => {
  const OLD = ['-c', 'PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC'];
  const OLD_CERTS = ['-C', 'PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC'];

  test.each(ours)('$name: entries that it does not import, or writes so that we do not read them', (one) => {
    const database = `sql:${mkdtempSync(file('nss-'))}`;
    writeFileSync(file('password'), one.password);
    mustRun('certutil', ['-N', '-d', database, '--empty-password'], utf8);
    mustRun('pk12util', ['-i', one.name, '-d', database, '-w', 'password'], utf8);
    for (const options of one === ours[1] ? [[], [...OLD, ...OLD_CERTS]] : [[]]) {
      mustRun('pk12util', ['-o', 'nss.p12', '-n', '签名', '-d', database, '-w', 'password', ...options], utf8);
      const p12 = readBack('nss.p12', one.password);
      expect(p12?.entries.map(({ key, friendlyName }) => [secretOf(key), friendlyName])).toEqual([
        [secretOf(one.identity.signing.key), '签名'],
      ]);
      expect(digestsOf(p12?.certificates ?? [])).toEqual(digestsOf(one.identity.chain));
    }
  });
});

describe.skipIf(!hasTool('certtool'))('certtool and our files', () => {
  test.each(ours)('$name: keys or certificates that it does not find in ours', (one) => {
    const args = ['--p12-info', '--inder', '--infile', one.name, '--password', one.password];
    const { stdout, text } = mustRun('certtool', args, utf8);
    expect(readListing(stdout, one.password)).toEqual(expectedListing(one));
    expect(text).toContain('Friendly name: 签名');
  });

  test.each(['aes-256', 'aes-128', '3des', 'rc2-40'])('a file with %s that we do not read', (cipher) => {
    const identity = ofAscii[0]?.identity;
    if (identity === undefined) throw new Error('no identity');
    const { key, certificate } = identity.signing;
    writeFileSync(file('key.pem'), key.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(file('cert.pem'), writePem('CERTIFICATE', certificate.der));
    const input = ['--load-privkey', 'key.pem', '--load-certificate', 'cert.pem', '--p12-name', 'name'];
    const output = ['--password', CHINESE, '--pkcs-cipher', cipher, '--outfile', 'certtool.p12'];
    // Without --outder it writes PEM
    mustRun('certtool', ['--to-p12', ...input, ...output, ...(cipher === 'aes-128' ? [] : ['--outder'])], utf8);
    const p12 = readBack('certtool.p12', CHINESE);
    expect(keysOf(p12)).toEqual([secretOf(key)]);
    expect(p12?.entries[0]?.certificate?.sha256).toBe(certificate.sha256);
  });
});

test.each(ofAscii)('$name: an identity that is not the one written', ({ name, password, identity }) => {
  const p12 = readBack(name, password);
  const found = p12 === null ? null : identityFromPkcs12(p12);
  expect(found?.signing.certificate.sha256).toBe(identity.signing.certificate.sha256);
  expect(found?.encryption.certificate.sha256).toBe(identity.encryption.certificate.sha256);
  expect(digestsOf(found?.chain ?? [])).toEqual(digestsOf(identity.chain));
});
