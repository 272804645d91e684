import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Certificate } from '../../electron/pki/certificate.ts';
import { extendedKeyUsageExtension } from '../../electron/pki/issue/write-extensions.ts';
import { buildOcspRequest } from '../../electron/pki/ocsp/build-ocsp-request.ts';
import { parseOcspResponse } from '../../electron/pki/ocsp/parse-ocsp-response.ts';
import { verifyOcspResponse } from '../../electron/pki/ocsp/verify-ocsp-response.ts';
import { OID } from '../../electron/pki/oids.ts';
import type { PathVerdict } from '../../electron/pki/path/path-types.ts';
import { validatePath } from '../../electron/pki/path/validate-path.ts';
import { writePem } from '../../electron/pki/pem.ts';
import { runLexpost } from '../fixtures/lexpost-command.ts';
import { daysFrom, type Made, makeCa, makeLeaf, pathRequest, type Recipe } from '../fixtures/pki-material.ts';
import { hasTool, mustRun } from './foreign-tool.ts';

const NOW = new Date(Math.floor(Date.now() / 1000) * 1000);
const life: Recipe = { notBefore: daysFrom(-30, NOW), notAfter: daysFrom(30, NOW) };
const root = makeCa('OCSP root', life);
const other = makeCa('another root', life);
const names = ['good', 'revoked', 'unlisted'] as const;
const leaves = Object.fromEntries(names.map((name) => [name, makeLeaf(name, { ...life, issuer: root })]));
const purpose = extendedKeyUsageExtension([OID.ocspSigning]);
const delegate = makeLeaf('delegate', { ...life, issuer: root, extensions: [purpose] });
const stranger = makeLeaf('stranger', { ...life, issuer: other, extensions: [purpose] });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lexpost-ocsp-'));
  writeFileSync(join(folder, 'index.txt'), [line('V', leaf('good')), line('R', leaf('revoked'))].join(''));
  for (const [name, made] of Object.entries({ root, other, delegate, stranger, ...leaves })) {
    writeFileSync(join(folder, `${name}.pem`), writePem('CERTIFICATE', made.certificate.der));
    writeFileSync(join(folder, `${name}.key`), made.key.export({ format: 'pem', type: 'pkcs8' }));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function leaf(name: (typeof names)[number]): Certificate {
  const made = leaves[name];
  if (made === undefined) throw new RangeError(name);
  return made.certificate;
}

/** A line of the index that `openssl ca` keeps. */
function line(status: 'V' | 'R', { notAfter, serial, commonName }: Certificate): string {
  const utc = (date: Date) => `${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`;
  const when = status === 'R' ? `${utc(daysFrom(-3, NOW))},keyCompromise` : '';
  return `${[status, utc(notAfter), when, serial.toString('hex').toUpperCase(), 'unknown', `/CN=${commonName}`].join('\t')}\n`;
}

interface Ask {
  readonly issuer?: Made;
  readonly ca?: 'root' | 'other';
  readonly signer?: 'root' | 'other' | 'delegate' | 'stranger';
  readonly nonce?: Buffer;
  readonly more?: readonly string[];
}

/** What OpenSSL as a responder answers to our request. */
function ask(certificate: Certificate, question: Ask = {}): Buffer {
  const { issuer = root, ca = 'root', signer = 'root', nonce = randomBytes(32), more = ['-nmin', '30'] } = question;
  writeFileSync(join(folder, 'request.der'), buildOcspRequest(certificate, issuer.certificate, nonce));
  const files = ['-index', 'index.txt', '-CA', `${ca}.pem`, '-rsigner', `${signer}.pem`, '-rkey', `${signer}.key`];
  const ends = ['-reqin', 'request.der', '-respout', 'response.der'];
  mustRun('openssl', ['ocsp', ...files, '-rmd', 'sha256', ...more, ...ends], { cwd: folder });
  return readFileSync(join(folder, 'response.der'));
}

function validate(certificate: Certificate, response: Buffer, at = new Date()): PathVerdict {
  const ocsps = [parseOcspResponse(response)];
  return validatePath(pathRequest(certificate, root.certificate, { ocsps, at, revocation: 'require' }));
}

describe.skipIf(!hasTool('openssl'))('openssl ocsp as a responder', () => {
  test('its good is not good', () => {
    expect(validate(leaf('good'), ask(leaf('good')))).toMatchObject({
      indication: 'TOTAL_PASSED',
      revocation: { status: 'good', source: `OCSP ${root.certificate.subjectText}` },
    });
  });

  test('its revoked passes, or loses when and why', () => {
    expect(validate(leaf('revoked'), ask(leaf('revoked')))).toMatchObject({
      subIndication: 'REVOKED_NO_POE',
      revocation: { status: 'revoked', revokedAt: daysFrom(-3, NOW), reason: 'keyCompromise' },
    });
  });

  test('its unknown is silence', () => {
    const { subIndication, revocation } = validate(leaf('unlisted'), ask(leaf('unlisted')));
    expect([subIndication, revocation.status]).toEqual(['TRY_LATER', 'unknown']);
    expect(revocation.source).toMatch(/^OCSP /);
  });

  test.each<[string, Ask]>([
    ['of another CA about a certificate of its own', { issuer: other, ca: 'other', signer: 'other' }],
    ['signed by a responder of another CA', { signer: 'stranger' }],
    ['with a damaged signature', { more: ['-nmin', '30', '-badsig'] }],
  ])('an answer %s counts', (_, question) => {
    expect(validate(leaf('good'), ask(leaf('good'), question)).subIndication).toBe('TRY_LATER');
  });

  test('an answer counts after its end', () => {
    const response = ask(leaf('good'), { more: ['-nmin', '1'] });
    expect(validate(leaf('good'), response, daysFrom(1, NOW)).subIndication).toBe('TRY_LATER');
  });

  test('a delegate is believed although nobody tells its status, or refused although the CA does', () => {
    const response = ask(leaf('good'), { signer: 'delegate' });
    expect(validate(leaf('good'), response).subIndication).toBe('TRY_LATER');
    writeFileSync(join(folder, 'index.txt'), line('V', delegate.certificate), { flag: 'a' });
    const ocsps = [response, ask(delegate.certificate)].map(parseOcspResponse);
    const request = pathRequest(leaf('good'), root.certificate, { ocsps, at: new Date(), revocation: 'require' });
    expect(validatePath(request)).toMatchObject({
      indication: 'TOTAL_PASSED',
      revocation: { source: `OCSP ${delegate.certificate.subjectText}` },
    });
  });

  test('the nonce of another question is taken for its own', () => {
    const nonce = randomBytes(32);
    const { basic } = parseOcspResponse(ask(leaf('good'), { nonce }));
    if (basic === null) throw new Error('no answer');
    const verify = (asked: Buffer) =>
      verifyOcspResponse({ response: basic, issuer: root.certificate, at: new Date(), nonce: asked });
    expect(verify(nonce).ok).toBe(true);
    expect(verify(randomBytes(32))).toEqual({ ok: false, refusal: 'nonce-mismatch' });
  });

  test('cert verify does not read it, in DER, base64 or PEM', async () => {
    const response = ask(leaf('good'));
    const forms = [response, response.toString('base64'), writePem('OCSP RESPONSE', response)];
    for (const form of forms) {
      writeFileSync(join(folder, 'answer'), form);
      const argv = ['cert', 'verify', 'good.pem', '--trust', 'root.pem', '--ocsp', 'answer', '--json'];
      const { exit, stdout } = await runLexpost(argv, { cwd: folder });
      expect(exit).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ revocation: { status: 'good' } });
    }
  });
});
