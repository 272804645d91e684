import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Certificate, parseCertificate } from '../../electron/pki/certificate.ts';
import { type Crl, parseCrl } from '../../electron/pki/crl.ts';
import type { KeyPairCertificate } from '../../electron/pki/identity.ts';
import { type OcspResponse, parseOcspResponse } from '../../electron/pki/ocsp/parse-ocsp-response.ts';
import { mustRun } from './foreign-tool.ts';

/** Certomancer, installed by build/setup.mjs from certomancer/requirements.txt. */
const TOOL = fileURLToPath(new URL('../../node_modules/.lexpost-python/bin/certomancer', import.meta.url));
const RECIPE = fileURLToPath(new URL('certomancer/odd-cases.yml', import.meta.url));

export const hasCertomancer = existsSync(TOOL);

/** Key files that the recipe names. */
const KEYS: Readonly<Record<string, () => KeyObject>> = {
  ...Object.fromEntries(
    ['root', 'other-root', 'sub', 'nested', 'leaf', 'tsa', 'other-tsa', 'responder'].map((name) => [name, ec('P-256')]),
  ),
  'leaf-p384': ec('P-384'),
  'leaf-p521': ec('P-521'),
  'leaf-rsa': () => generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey,
  'leaf-weak': () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
  'leaf-ed25519': () => generateKeyPairSync('ed25519').privateKey,
};

function ec(namedCurve: string): () => KeyObject {
  return () => generateKeyPairSync('ec', { namedCurve }).privateKey;
}

/** What Certomancer issues by certomancer/odd-cases.yml; everything also lies in `folder` for other programs. */
export interface OddPki {
  readonly folder: string;
  certificate(label: string): Certificate;
  pair(label: string): KeyPairCertificate;
  /** Path of a certificate, DER. */
  certificateFile(label: string): string;
  keyFile(label: string): string;
  crl(repository: string, at: Date): Crl;
  ocsp(label: string, responder: string, at: Date): OcspResponse;
  close(): void;
}

export function createOddPki(): OddPki {
  const folder = mkdtempSync(join(tmpdir(), 'lexpost-odd-'));
  const recipe = join(folder, 'odd-cases.yml');
  writeFileSync(recipe, readFileSync(RECIPE));
  mkdirSync(join(folder, 'keys'));
  const keys = new Map<string, string>();
  for (const [name, generate] of Object.entries(KEYS)) {
    const path = join(folder, 'keys', `${name}.pem`);
    const key = generate();
    writeFileSync(path, key.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
    keys.set(createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('hex'), path);
  }
  const summon = (...args: string[]) => mustRun(TOOL, ['--config', recipe, ...args]);
  const certificates = join(folder, 'certificates');
  summon('mass-summon', 'odd', certificates, '--flat', '--no-pfx', '--no-pem');

  const certificateFile = (label: string): string => join(certificates, `${label}.crt`);
  const certificate = (label: string): Certificate => parseCertificate(readFileSync(certificateFile(label)));
  const keyFile = (label: string): string => {
    const path = keys.get(certificate(label).spki.toString('hex'));
    if (path === undefined) throw new Error(`no key of ${label}`);
    return path;
  };
  return {
    folder,
    certificate,
    certificateFile,
    keyFile,
    pair: (label) => ({ certificate: certificate(label), key: createPrivateKey(readFileSync(keyFile(label))) }),
    crl: (repository, at) => {
      const path = join(folder, `${repository}-${at.getTime()}.crl`);
      if (!existsSync(path)) summon('necronomicon', 'odd', repository, path, '--no-pem', '--at-time', at.toISOString());
      return parseCrl(readFileSync(path));
    },
    ocsp: (label, responder, at) => {
      const path = join(folder, `${label}-${responder}-${at.getTime()}.ocsp`);
      if (!existsSync(path)) summon('seance', 'odd', label, responder, path, '--at-time', at.toISOString());
      return parseOcspResponse(readFileSync(path));
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
