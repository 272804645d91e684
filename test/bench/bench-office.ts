import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity, KeyPairCertificate } from '../../electron/pki/identity.ts';
import { createCa } from '../../electron/pki/issue/create-ca.ts';
import { createIdentity } from '../../electron/pki/issue/create-identity.ts';
import type { KeyAlgorithm } from '../../electron/pki/keys.ts';
import { writePem } from '../../electron/pki/pem.ts';
import { readCertificates } from '../../electron/pki/read-certificates.ts';
import { USCC } from '../fixtures/package-material.ts';

/** One office with its anchor, in files: what a child process and foreign tools can read. */
export interface BenchOffice {
  readonly identity: Identity;
  readonly anchor: KeyPairCertificate['certificate'];
}

const certificatePath = (folder: string, name: string) => join(folder, `${name}.crt.pem`);
const keyPath = (folder: string, name: string) => join(folder, `${name}.key.pem`);

/** Paths of the encryption pair. */
export const encryptionFiles = (folder: string) => ({
  certificate: certificatePath(folder, 'encryption'),
  key: keyPath(folder, 'encryption'),
});

export function createOffice(algorithm: Extract<KeyAlgorithm, 'p256' | 'rsa3072'>, now: Date): BenchOffice {
  const issuer = createCa({ name: 'Bench Root', algorithm: 'p256', now: new Date(now.getTime() - 3600_000) });
  const identity = createIdentity({
    name: 'Bench Office',
    officeType: 'law-firm',
    uscc: USCC.firm,
    region: '340100',
    algorithm,
    issuer: { ...issuer, chain: [] },
    now,
  });
  return { identity, anchor: issuer.certificate };
}

export function saveOffice(folder: string, { identity, anchor }: BenchOffice): void {
  writeFileSync(certificatePath(folder, 'anchor'), writePem('CERTIFICATE', anchor.der));
  for (const name of ['signing', 'encryption'] as const) {
    const { certificate, key } = identity[name];
    writeFileSync(certificatePath(folder, name), writePem('CERTIFICATE', certificate.der));
    writeFileSync(keyPath(folder, name), key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
}

export function loadOffice(folder: string): BenchOffice {
  const pair = (name: string): KeyPairCertificate => ({
    certificate: loadCertificate(folder, name),
    key: createPrivateKey(readFileSync(keyPath(folder, name))),
  });
  return {
    identity: { signing: pair('signing'), encryption: pair('encryption'), chain: [] },
    anchor: loadCertificate(folder, 'anchor'),
  };
}

function loadCertificate(folder: string, name: string): KeyPairCertificate['certificate'] {
  const [certificate] = readCertificates(readFileSync(certificatePath(folder, name)));
  if (certificate === undefined) throw new Error(`no certificate ${name}`);
  return certificate;
}

/** The office of this run, made where no part of the bench has made it yet. @returns its folder */
export function ensureOffice(folder: string): string {
  const office = join(folder, 'office');
  if (existsSync(office)) return office;
  mkdirSync(office);
  saveOffice(office, createOffice('p256', new Date()));
  return office;
}
