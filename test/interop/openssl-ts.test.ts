import { hash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSignedData } from '../../electron/packages/cms/build-signed-data.ts';
import { bufferContent } from '../../electron/packages/cms/signed-content.ts';
import { addSignatureTimestamp } from '../../electron/packages/timestamp/add-signature-timestamp.ts';
import { parseTimestampResponse, type TimestampToken } from '../../electron/packages/timestamp/parse-timestamp.ts';
import { buildTimestampRequest } from '../../electron/packages/timestamp/timestamp-request.ts';
import { type TimestampInput, verifyTimestamp } from '../../electron/packages/timestamp/verify-timestamp.ts';
import { issueCrl } from '../../electron/pki/issue/issue-crl.ts';
import type { KeyAlgorithm } from '../../electron/pki/keys.ts';
import { writePem } from '../../electron/pki/pem.ts';
import { makeTsa } from '../fixtures/craft-timestamp.ts';
import { runLexpost } from '../fixtures/lexpost-command.ts';
import { daysFrom, makeCa, makeLeaf } from '../fixtures/pki-material.ts';
import { hasTool, mustRun, run } from './foreign-tool.ts';

const NOW = new Date();
const life = { notBefore: daysFrom(-30, NOW), notAfter: daysFrom(30, NOW) };
const root = makeCa('TSA root', life);
const list = issueCrl({ thisUpdate: daysFrom(-1, NOW), nextUpdate: daysFrom(6, NOW), number: 1, revoked: [] }, root);
const document = Buffer.from('申请异地阅卷');
const content = bufferContent(document);
const digest = hash('sha256', document, 'buffer');

/** As in any TSA that is set up by the manual of `openssl ts`. */
const CONFIG = `[tsa]
default_tsa = t
[t]
serial = ./serial
crypto_device = builtin
signer_cert = ./tsa.pem
signer_key = ./tsa.key
certs = ./root.pem
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
other_policies = 1.3.6.1.4.1.99999.2
digests = sha256, sha384, sha512
accuracy = secs:1, millisecs:500
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lexpost-ts-'));
  write('tsa.cnf', CONFIG);
  write('root.pem', writePem('CERTIFICATE', root.certificate.der));
  write('root.crl', list.der);
  write('document', document);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, data: string | Buffer): void {
  writeFileSync(join(folder, name), data);
}

/** Makes OpenSSL a TSA with a key of this kind. */
function setUp(algorithm: KeyAlgorithm): void {
  const tsa = makeTsa(root, { ...life, algorithm });
  write('tsa.pem', writePem('CERTIFICATE', tsa.certificate.der));
  write('tsa.key', tsa.key.export({ format: 'pem', type: 'pkcs8' }));
}

function stamp(request: Buffer, essDigest: 'sha1' | 'sha256' = 'sha256'): Buffer {
  write('request.tsq', request);
  write('tsa.cnf', `${CONFIG}ess_cert_id_alg = ${essDigest}\n`);
  mustRun('openssl', ['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'request.tsq', '-out', 'response.tsr'], {
    cwd: folder,
  });
  return readFileSync(join(folder, 'response.tsr'));
}

function tokenOf(response: Buffer): TimestampToken {
  const { token, status } = parseTimestampResponse(response);
  if (token === null) throw new Error(status);
  return token;
}

function verify(token: TimestampToken, asked?: TimestampInput['asked']) {
  const trust = { anchors: [root.certificate], crls: [list], revocation: 'require' as const };
  return verifyTimestamp({ token, content, trust, at: new Date(), ...(asked === undefined ? {} : { asked }) });
}

describe.skipIf(!hasTool('openssl'))('openssl ts as a TSA', () => {
  test.each(['p256', 'p384', 'rsa3072'] as const)('its token with a key of %s is refused', (algorithm) => {
    setUp(algorithm);
    const nonce = randomBytes(16);
    const token = tokenOf(stamp(buildTimestampRequest({ digest, nonce })));
    expect(verify(token, { nonce })).toMatchObject({ indication: 'TOTAL_PASSED', subIndication: null });
    expect(token.info).toMatchObject({ accuracy: 1500, ordering: true });
    expect(verify(token, { nonce: randomBytes(16) }).subIndication).toBe('SIG_CONSTRAINTS_FAILURE');
  });

  test('its token names the certificate by SHA-1 alone and is refused (RFC 5816, 2.2.1)', () => {
    setUp('p256');
    const token = tokenOf(stamp(buildTimestampRequest({ digest, nonce: randomBytes(8) }), 'sha1'));
    expect(verify(token).indication).toBe('TOTAL_PASSED');
  });

  test('a policy asked for is lost, or its refusal taken for something else', () => {
    setUp('p256');
    const policy = '1.3.6.1.4.1.99999.2';
    const nonce = randomBytes(8);
    expect(tokenOf(stamp(buildTimestampRequest({ digest, nonce, policy }))).info.policy).toBe(policy);
    const refused = parseTimestampResponse(stamp(buildTimestampRequest({ digest, nonce, policy: '1.2.3' })));
    expect(refused).toMatchObject({ status: 'rejection', failures: ['unacceptedPolicy'], token: null });
  });

  test('without certReq the token passes without the certificate at hand', () => {
    setUp('p256');
    const token = tokenOf(stamp(buildTimestampRequest({ digest, nonce: randomBytes(8), certReq: false })));
    expect(token.signedData.certificates).toEqual([]);
    expect(verify(token).subIndication).toBe('NO_SIGNING_CERTIFICATE_FOUND');
  });

  test('it reads another question than was asked', () => {
    write('request.tsq', buildTimestampRequest({ digest, nonce: Buffer.from('ff00000000000001', 'hex') }));
    const { text } = mustRun('openssl', ['ts', '-query', '-in', 'request.tsq', '-text'], { cwd: folder });
    expect(text).toContain('Hash Algorithm: sha256');
    expect(text).toContain('Nonce: 0xFF00000000000001');
    expect(text).toContain('Certificate required: yes');
  });

  test('it refuses what it made for our question', () => {
    setUp('p256');
    stamp(buildTimestampRequest({ digest, nonce: randomBytes(8) }));
    const argv = ['ts', '-verify', '-queryfile', 'request.tsq', '-in', 'response.tsr', '-CAfile', 'root.pem'];
    expect(run('openssl', argv, { cwd: folder })).toMatchObject({ status: 0 });
  });

  describe('timestamp verify', () => {
    const command = async (...more: string[]) => {
      const argv = ['timestamp', 'verify', 'proof', '--trust', 'root.pem', '--crl', 'root.crl', ...more];
      const { exit, stdout } = await runLexpost([...argv, '--json'], { cwd: folder });
      return { exit, document: JSON.parse(stdout) as Record<string, unknown> };
    };

    test('refuses a token or the response that brought it', async () => {
      setUp('p256');
      const response = stamp(buildTimestampRequest({ digest, nonce: randomBytes(8) }));
      const { bytes, info } = tokenOf(response);
      for (const proof of [response, bytes]) {
        write('proof', proof);
        const { exit, document: found } = await command('--content', 'document');
        expect(exit).toBe(0);
        expect(found).toMatchObject({ ok: true, genTime: info.genTime.toISOString(), revocation: { status: 'good' } });
      }
    });

    test('passes with another file, without revocation data or trust, or says the same of all three', async () => {
      const other = await command('--content', 'root.pem');
      expect([other.exit, other.document['code']]).toEqual([1, 'TIMESTAMP_INVALID']);
      const later = await command('--content', 'document', '--at', daysFrom(9, NOW).toISOString());
      expect([later.exit, later.document['code']]).toEqual([4, 'VERDICT_INDETERMINATE']);
      const expired = await command('--content', 'document', '--at', daysFrom(40, NOW).toISOString());
      expect([expired.exit, expired.document['code']]).toEqual([4, 'TIMESTAMP_NOT_TRUSTED']);
    });

    test('cms verify does not say by when a stamped signature existed', async () => {
      setUp('p256');
      const signer = makeLeaf('signer', { ...life, issuer: root });
      const chain = [root.certificate];
      const { der, signature } = buildSignedData({
        ...signer,
        chain,
        content: document,
        detached: true,
        signingTime: NOW,
      });
      const request = buildTimestampRequest({ digest: hash('sha256', signature, 'buffer'), nonce: randomBytes(8) });
      const { bytes, info } = tokenOf(stamp(request));
      write('signed', addSignatureTimestamp(der, bytes));
      const argv = ['cms', 'verify', 'signed', '--content', 'document', '--trust', 'root.pem', '--crl', 'root.crl'];
      const { exit, stdout } = await runLexpost([...argv, '--json'], { cwd: folder });
      expect(exit).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ signers: [{ timestamp: info.genTime.toISOString() }] });
      expect((await runLexpost(argv, { cwd: folder })).stdout).toContain('a timestamp proves that it was signed by');
    });

    test('takes a refusal of the TSA, or anything else, for a token', async () => {
      write('proof', stamp(buildTimestampRequest({ digest, nonce: randomBytes(8), policy: '1.2.3' })));
      const refused = await command('--content', 'document');
      expect([refused.exit, refused.document['code']]).toEqual([5, 'TIMESTAMP_REFUSED']);
      write('proof', 'no token');
      const malformed = await command('--content', 'document');
      expect([malformed.exit, malformed.document['code']]).toEqual([1, 'TIMESTAMP_MALFORMED']);
    });
  });
});
