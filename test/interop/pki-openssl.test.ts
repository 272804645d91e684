import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCrls } from '../../electron/pki/crl.ts';
import { parseCsr } from '../../electron/pki/csr.ts';
import { createCa } from '../../electron/pki/issue/create-ca.ts';
import { createCsr } from '../../electron/pki/issue/create-csr.ts';
import { createIdentity } from '../../electron/pki/issue/create-identity.ts';
import { issueCrl } from '../../electron/pki/issue/issue-crl.ts';
import { loadPrivateKey } from '../../electron/pki/keys.ts';
import { validatePath } from '../../electron/pki/path/validate-path.ts';
import { writePem } from '../../electron/pki/pem.ts';
import { readCertificates } from '../../electron/pki/read-certificates.ts';
import { hasTool, mustRun, run } from './foreign-tool.ts';

const NOW = new Date();
const WEEK = 7 * 24 * 3600_000;
const ALGORITHMS = ['p256', 'p384', 'p521', 'rsa3072'] as const;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lexpost-pki-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, ...texts: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, texts.join(''));
  return path;
}

const pem = (der: Buffer): string => writePem('CERTIFICATE', der);

const root = createCa({ name: '测试根', algorithm: 'p384', now: NOW });
const sub = createCa({ name: '测试签发', algorithm: 'rsa3072', now: NOW, issuer: root, pathLength: 0 });
const office = {
  name: '甲律师事务所',
  officeType: 'law-firm',
  uscc: '91350100M000100Y43',
  region: '340100',
  now: NOW,
} as const;

describe.skipIf(!hasTool('openssl')).each(ALGORITHMS)('OpenSSL and an identity of %s', (algorithm) => {
  const issued = createIdentity({ ...office, algorithm, issuer: { ...sub, chain: [root.certificate] } });
  const trial = createIdentity({ ...office, algorithm });
  const lists = [root, sub].map((issuer) =>
    issueCrl({ thisUpdate: NOW, nextUpdate: new Date(NOW.getTime() + WEEK), number: 1, revoked: [] }, issuer),
  );
  const revokedList = issueCrl(
    {
      thisUpdate: NOW,
      nextUpdate: new Date(NOW.getTime() + WEEK),
      number: 2,
      revoked: [{ serial: issued.signing.certificate.serial, revokedAt: NOW, reason: 1 }],
    },
    sub,
  );
  const chain = () => [
    '-CAfile',
    file('root.pem', pem(root.certificate.der)),
    '-untrusted',
    file('sub.pem', pem(sub.certificate.der)),
  ];
  const crls = (...ders: Buffer[]) => [
    '-crl_check_all',
    '-CRLfile',
    file('list.crl', ...ders.map((der) => writePem('X509 CRL', der))),
  ];

  test.each(['signing', 'encryption'] as const)(
    'refuses the issued %s certificate with its lists, strictly',
    (pair) => {
      const leaf = file('leaf.pem', pem(issued[pair].certificate.der));
      const lines = ['verify', '-x509_strict', ...chain(), ...crls(...lists.map(({ der }) => der)), leaf];
      expect(run('openssl', lines)).toMatchObject({ status: 0 });
    },
  );

  test('does not see a revocation', () => {
    const leaf = file('leaf.pem', pem(issued.signing.certificate.der));
    const [first] = lists;
    const lines = ['verify', ...chain(), ...crls(first?.der ?? Buffer.alloc(0), revokedList.der), leaf];
    expect(run('openssl', lines).text).toContain('certificate revoked');
  });

  test('refuses the signing certificate for S/MIME', () => {
    const leaf = file('leaf.pem', pem(issued.signing.certificate.der));
    expect(run('openssl', ['verify', '-purpose', 'smimesign', ...chain(), leaf])).toMatchObject({ status: 0 });
  });

  test.each(['signing', 'encryption'] as const)('refuses the self-signed %s certificate when it is pinned', (pair) => {
    const leaf = file('trial.pem', pem(trial[pair].certificate.der));
    expect(run('openssl', ['verify', '-x509_strict', '-CAfile', leaf, leaf])).toMatchObject({ status: 0 });
  });

  test('refuses a request, or reads another subject', () => {
    const der = createCsr({ subject: { countryName: 'CN', commonName: '张三' }, key: trial.signing.key });
    const request = file('request.pem', writePem('CERTIFICATE REQUEST', der));
    const { text } = mustRun('openssl', [
      'req',
      '-in',
      request,
      '-verify',
      '-noout',
      '-subject',
      '-nameopt',
      'utf8,sep_comma_plus',
    ]);
    expect(text).toContain('verify OK');
    expect(text).toContain('张三');
  });
});

describe.skipIf(!hasTool('openssl'))('what OpenSSL makes', () => {
  const conf = `[ca]
default_ca = d
[d]
database = index.txt
serial = serial
crlnumber = crlnumber
new_certs_dir = .
default_md = sha256
policy = p
default_crl_days = 7
default_days = 30
[p]
commonName = supplied
`;
  const openssl = (...args: string[]) => mustRun('openssl', args, { cwd: folder });

  test.each([
    ['EC', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
    ['RSA', ['-newkey', 'rsa:2048']],
    ['RSA-PSS', ['-newkey', 'rsa:2048', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:-1']],
    ['Ed25519', ['-newkey', 'ed25519']],
  ])('a CA of %s, its leaf, request, list and encrypted key are not read', (_, newKey) => {
    for (const [name, text] of Object.entries({ 'ca.cnf': conf, 'index.txt': '', serial: '1000\n', crlnumber: '01\n' }))
      file(name, text);
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      'ca.key',
      '-passout',
      'pass:密码',
      '-out',
      'ca.pem',
      '-days',
      '30',
      '-subj',
      '/CN=ca',
    );
    openssl(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-384',
      '-nodes',
      '-keyout',
      'leaf.key',
      '-out',
      'leaf.csr',
      '-subj',
      '/CN=leaf',
      '-utf8',
    );
    const ca = ['-config', 'ca.cnf', '-keyfile', 'ca.key', '-cert', 'ca.pem', '-passin', 'pass:密码'];
    openssl('ca', '-batch', ...ca, '-in', 'leaf.csr', '-out', 'leaf.pem', '-notext');
    openssl('ca', ...ca, '-gencrl', '-out', 'good.crl');
    openssl('ca', ...ca, '-revoke', 'leaf.pem', '-crl_reason', 'superseded');
    openssl('ca', ...ca, '-gencrl', '-out', 'revoked.crl');
    const bytes = (name: string) => mustRun('cat', [name], { cwd: folder }).stdout;

    const [leaf] = readCertificates(bytes('leaf.pem'));
    if (leaf === undefined) throw new Error('no leaf');
    const judge = (list: string) =>
      validatePath({
        leaf,
        untrusted: [],
        anchors: readCertificates(bytes('ca.pem')),
        crls: readCrls(bytes(list)),
        at: new Date(),
        usage: 'sign',
        revocation: 'require',
      });
    expect(judge('good.crl').indication).toBe('TOTAL_PASSED');
    expect(judge('revoked.crl')).toMatchObject({
      subIndication: 'REVOKED_NO_POE',
      revocation: { reason: 'superseded' },
    });
    expect(parseCsr(bytes('leaf.csr')).subjectText).toBe('CN=leaf');
    expect(loadPrivateKey(bytes('ca.key'), Buffer.from('密码')).type).toBe('private');
  });
});

describe.skipIf(!hasTool('certtool'))('GnuTLS', () => {
  test.each(ALGORITHMS)('refuses the chain of an identity of %s', (algorithm) => {
    const { signing } = createIdentity({ ...office, algorithm, issuer: { ...sub, chain: [root.certificate] } });
    const chain = [signing.certificate, sub.certificate, root.certificate].map(({ der }) => pem(der)).join('');
    const { text } = run('certtool', ['--verify-chain'], { input: chain });
    expect(text).toContain('Verified. The certificate is trusted.');
  });
});

describe.skipIf(!hasTool('keytool'))('Java', () => {
  test.each(ALGORITHMS)('does not read a certificate or list of %s', (algorithm) => {
    const { signing } = createIdentity({ ...office, algorithm });
    const list = issueCrl(
      { thisUpdate: NOW, nextUpdate: new Date(NOW.getTime() + WEEK), number: 1, revoked: [] },
      signing,
    );
    const certificate = run('keytool', ['-printcert', '-file', file('java.pem', pem(signing.certificate.der))]);
    expect(certificate).toMatchObject({ status: 0 });
    expect(certificate.text).toContain('emailProtection');
    expect(run('keytool', ['-printcrl', '-file', file('java.crl', writePem('X509 CRL', list.der))])).toMatchObject({
      status: 0,
    });
  });
});
