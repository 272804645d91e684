import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePem } from '../../electron/pki/pem.ts';
import { type EvidenceMaterial, makeEvidence } from '../fixtures/evidence-material.ts';
import { flipBit } from '../fixtures/stored-zip.ts';
import { hasTool, mustRun, run } from './foreign-tool.ts';
import { type Answer, findDss, startJavaPeer } from './java-peer.ts';

/** The parts of a bundle by tools that know nothing of it: unzip, sha256sum and OpenSSL, and EU DSS where it is. */

const TOOLS = ['openssl', 'unzip', 'sha256sum'];
const dss = findDss();
let made: EvidenceMaterial;
let folder = '';
const path = (...parts: string[]): string => join(folder, ...parts);

beforeAll(async () => {
  if (!TOOLS.every(hasTool)) return;
  made = await makeEvidence();
  folder = mkdtempSync(join(tmpdir(), 'lexpost-parts-'));
  writeFileSync(path('x.evidence'), made.bundle);
  writeFileSync(path('ca.pem'), writePem('CERTIFICATE', made.trust.root.certificate.der));
  mustRun('unzip', ['-q', 'x.evidence', '-d', 'x'], { cwd: folder });
  for (const kind of ['messages', 'receipts', 'cards']) {
    for (const file of readdirSync(path('x', kind))) {
      const to = path('open', file.slice(0, 64));
      mkdirSync(to, { recursive: true });
      mustRun('unzip', ['-q', path('x', kind, file), '-d', to]);
    }
  }
  const lists = readdirSync(path('x', 'values')).filter((name) => name.endsWith('.crl'));
  const pems = lists.map((name) => {
    const argv = ['crl', '-inform', 'DER', '-in', path('x', 'values', name)];
    return mustRun('openssl', argv).stdout;
  });
  writeFileSync(path('lists.pem'), Buffer.concat(pems));
}, 120_000);
afterAll(async () => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
  await made?.close();
});

const containers = (): string[] => readdirSync(path('open'));
const meta = (m: string, name: string): string => path('open', m, 'META-INF', name);

/** As the README tells: the signature over the manifest, under the anchor, with the list. */
function verifySignature(m: string, ca: string, signature = meta(m, 'signature001.p7s')) {
  const what = ['-cades', '-binary', '-inform', 'DER', '-in', signature, '-content', meta(m, 'ASiCManifest001.xml')];
  // receipts are signed by keys of vaults, which their office's card names
  const trust = ['-purpose', 'any', '-CAfile', ca, '-out', '/dev/null'];
  return run('openssl', ['cms', '-verify', ...what, ...trust]);
}

/** SignerInfo.signature, found by its place in the dump (RFC 5652, 5.3): the only octet string of that depth. */
function signatureValue(m: string): Buffer {
  const dump = mustRun('openssl', ['asn1parse', '-inform', 'DER', '-in', meta(m, 'signature001.p7s')]).text;
  const lines = dump.split('\n').filter((line) => /d=5 .*prim: OCTET STRING/.test(line));
  const found = /^\s*(\d+):d=5\s+hl=\s*(\d+)\s+l=\s*(\d+)/.exec(lines.at(-1) ?? '');
  const [start, header, length] = [1, 2, 3].map((group) => Number(found?.[group]));
  const from = (start ?? 0) + (header ?? 0);
  return readFileSync(meta(m, 'signature001.p7s')).subarray(from, from + (length ?? 0));
}

describe.skipIf(!TOOLS.every(hasTool))('the parts of a bundle, by OpenSSL', () => {
  test('a file’s own digest is not the one that the list names', () => {
    const list = JSON.parse(readFileSync(path('x', 'evidence.json'), 'utf8')) as {
      files: { path: string; sha256: string }[];
    };
    const sums = list.files.map(({ path: name, sha256 }) => `${sha256}  ${name}\n`).join('');
    mustRun('sha256sum', ['--check', '--strict', '--quiet'], { cwd: path('x'), input: sums });
    expect(list.files.length).toBeGreaterThan(50);
  });

  test('a message’s name is not the digest of its manifest, or a document’s not the one in it', () => {
    for (const m of containers()) {
      expect(mustRun('sha256sum', [meta(m, 'ASiCManifest001.xml')]).text.slice(0, 64)).toBe(m);
      const xml = readFileSync(meta(m, 'ASiCManifest001.xml'), 'utf8');
      const own = mustRun('openssl', ['dgst', '-sha256', '-binary', path('open', m, 'message.json')]).stdout;
      expect(xml).toContain(own.toString('base64'));
    }
  });

  test('a person’s signature does not verify under the anchor, or verifies under another', () => {
    const acts = readdirSync(path('x', 'messages')).map((file) => file.slice(0, 64));
    const cards = readdirSync(path('x', 'cards')).map((file) => file.slice(0, 64));
    writeFileSync(path('other.pem'), writePem('CERTIFICATE', made.trust.tsa.certificate.der));
    for (const m of [...acts, ...cards]) {
      const { status, text } = verifySignature(m, path('ca.pem'));
      expect([m, status], text).toEqual([m, 0]);
      expect(verifySignature(m, path('other.pem')).status).not.toBe(0);
    }
  });

  test('a signature over an altered manifest verifies', () => {
    const [m = ''] = containers();
    const altered = flipBit(readFileSync(meta(m, 'ASiCManifest001.xml')), 40);
    writeFileSync(path('altered.xml'), altered);
    const what = ['-cades', '-binary', '-inform', 'DER', '-in', meta(m, 'signature001.p7s'), '-content'];
    const argv = ['cms', '-verify', ...what, path('altered.xml'), '-purpose', 'any', '-CAfile', path('ca.pem')];
    expect(run('openssl', [...argv, '-out', '/dev/null']).status).not.toBe(0);
  });

  test('a signer’s certificate does not verify with the list that the bundle brings', () => {
    const acts = readdirSync(path('x', 'messages')).map((file) => file.slice(0, 64));
    for (const m of acts) {
      const signer = path('signer.pem');
      const what = ['-noverify', '-binary', '-inform', 'DER', '-in', meta(m, 'signature001.p7s')];
      const content = ['-content', meta(m, 'ASiCManifest001.xml'), '-signer', signer, '-out', '/dev/null'];
      mustRun('openssl', ['cms', '-verify', ...what, ...content]);
      const lists = ['-crl_check', '-CRLfile', path('lists.pem')];
      mustRun('openssl', ['verify', ...lists, '-CAfile', path('ca.pem'), signer]);
    }
  });

  test('a timestamp does not verify over the signature beside which it stands, or verifies over another', () => {
    const tokens = readdirSync(path('x', 'proofs'));
    expect(tokens.length).toBeGreaterThan(10);
    for (const [index, file] of tokens.entries()) {
      const verify = (m: string) => {
        writeFileSync(path('value'), signatureValue(m));
        const what = ['-data', path('value'), '-in', path('x', 'proofs', file), '-token_in'];
        const untrusted = ['-untrusted', path('tsa.pem')];
        return run('openssl', ['ts', '-verify', ...what, '-CAfile', path('ca.pem'), ...untrusted]);
      };
      writeFileSync(path('tsa.pem'), writePem('CERTIFICATE', made.trust.tsa.certificate.der));
      const own = file.slice(0, 64);
      const { status, text } = verify(own);
      expect([file, status], text).toEqual([file, 0]);
      const other = tokens[(index + 1) % tokens.length]?.slice(0, 64) ?? '';
      expect(verify(other).status).not.toBe(0);
    }
  });

  test('an archive timestamp does not verify over its manifest', () => {
    const files = readdirSync(path('x', 'archives'));
    const tokens = files.filter((name) => name.endsWith('.tst'));
    expect(tokens.length).toBeGreaterThan(0);
    for (const token of tokens) {
      const data = path('x', 'archives', token.replace('.tst', '.xml'));
      const what = ['-data', data, '-in', path('x', 'archives', token), '-token_in'];
      const untrusted = ['-untrusted', path('tsa.pem')];
      mustRun('openssl', ['ts', '-verify', ...what, '-CAfile', path('ca.pem'), ...untrusted]);
    }
  });
});

describe.skipIf(dss === null || !TOOLS.every(hasTool))('the acts of a bundle, by EU DSS', () => {
  test('are not each TOTAL_PASSED under the anchor and the list', () => {
    if (dss === null) return;
    const peer = startJavaPeer(dss);
    let answers: Answer[] = [];
    try {
      const [list = ''] = readdirSync(path('x', 'values')).filter((name) => name.endsWith('.crl'));
      writeFileSync(path('ca.der'), made.trust.root.certificate.der);
      const jobs = readdirSync(path('x', 'messages')).map((file) => [
        ...['validate', path('x', 'messages', file), path('ca.der'), path('x', 'values', list)],
      ]);
      answers = peer.run(jobs);
    } finally {
      peer.close();
    }
    expect(answers.length).toBe(7);
    for (const { ok, text } of answers) expect([ok, text.slice(0, 12)], text).toEqual([true, 'TOTAL_PASSED']);
  });
});
