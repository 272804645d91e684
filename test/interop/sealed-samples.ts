import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bufferSource, readAll } from '../../electron/files/bytes.ts';
import { openPackage } from '../../electron/packages/open-package.ts';
import { sealPackage } from '../../electron/packages/seal-package.ts';
import type { Certificate } from '../../electron/pki/certificate.ts';
import type { Crl } from '../../electron/pki/crl.ts';
import type { Identity, KeyPairCertificate } from '../../electron/pki/identity.ts';
import { createCa } from '../../electron/pki/issue/create-ca.ts';
import { createIdentity } from '../../electron/pki/issue/create-identity.ts';
import { issueCrl } from '../../electron/pki/issue/issue-crl.ts';
import { writePem } from '../../electron/pki/pem.ts';
import type { Instant } from '../../shared/model/brand.ts';
import { memorySink, memoryTarget } from '../fixtures/memory-bytes.ts';
import { actDraft, document, USCC } from '../fixtures/package-material.ts';
import { readEntries } from '../fixtures/stored-zip.ts';

const ALGORITHMS = ['rsa3072', 'p256', 'p384'] as const;
type Algorithm = (typeof ALGORITHMS)[number];

/** Paths of a certificate and its key, PEM, as foreign tools take them. */
export interface PairFiles {
  readonly certificate: string;
  readonly key: string;
}

export interface Sample {
  readonly name: string;
  readonly package: Buffer;
  readonly packageFile: string;
  readonly container: Buffer;
  readonly containerFile: string;
  readonly manifestFile: string;
  readonly signatureFile: string;
  readonly recipients: readonly PairFiles[];
}

export interface Samples {
  readonly folder: string;
  readonly anchor: KeyPairCertificate;
  readonly anchorFile: string;
  readonly crlFile: string;
  /** The anchor, and its CRL that revokes nothing. */
  readonly trust: {
    readonly anchors: readonly Certificate[];
    readonly crls: readonly Crl[];
    readonly revocation: 'require';
  };
  readonly offices: Readonly<Record<Algorithm, Identity>>;
  readonly packages: readonly Sample[];
  /** A path in the folder, with `content` where given. */
  file(name: string, content?: Buffer | string): string;
  pairFiles(name: string, pair: KeyPairCertificate): PairFiles;
  close(): void;
}

export const DOCUMENTS = [
  { name: '委托书.pdf', content: Buffer.from('%PDF-1.7 power of attorney') },
  { name: 'annex 1.bin', content: randomBytes(200_000) },
];

const HOUR = 3600_000;

/** One package per algorithm, for a recipient of the same, and one for all of them at once. Foreign tools judge by the clock: so does this. */
export async function createSamples(): Promise<Samples> {
  const now = new Date(Math.floor(Date.now() / 1000) * 1000);
  const anchor = createCa({ name: 'Interop Root', algorithm: 'p256', now: new Date(now.getTime() - HOUR) });
  const office = (algorithm: Algorithm): Identity =>
    createIdentity({
      name: `Office ${algorithm}`,
      officeType: 'law-firm',
      uscc: USCC.firm,
      region: '340100',
      algorithm,
      issuer: { ...anchor, chain: [] },
      now,
    });
  const offices = { rsa3072: office('rsa3072'), p256: office('p256'), p384: office('p384') };
  const folder = mkdtempSync(join(tmpdir(), 'lx-'));
  const file = (name: string, content?: Buffer | string): string => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  };
  const pairFiles = (name: string, { certificate, key }: KeyPairCertificate): PairFiles => ({
    certificate: file(`${name}.crt.pem`, writePem('CERTIFICATE', certificate.der)),
    key: file(`${name}.key.pem`, key.export({ type: 'pkcs8', format: 'pem' })),
  });
  const crl = issueCrl(
    { thisUpdate: now, nextUpdate: new Date(now.getTime() + 24 * HOUR), number: 1, revoked: [] },
    anchor,
  );
  const seal = async (name: string, signer: Identity, recipients: readonly Identity[]): Promise<Sample> => {
    const certificates = recipients.map(({ encryption }) => encryption.certificate);
    const sink = memorySink();
    await sealPackage({
      draft: { ...actDraft(signer, certificates), createdAt: now.toISOString() as Instant },
      documents: DOCUMENTS.map(({ name: title, content }) => document(title, content)),
      signer: { ...signer.signing, chain: [anchor.certificate] },
      recipients: certificates,
      now,
      sink,
    });
    const container = await unseal(sink.bytes(), recipients[0]);
    const entries = await readEntries(container);
    const entry = (path: string) => entries.find((one) => one.name === path)?.content ?? Buffer.alloc(0);
    return {
      name,
      package: sink.bytes(),
      packageFile: file(`${name}.p7m`, sink.bytes()),
      container,
      containerFile: file(`${name}.asice`, container),
      manifestFile: file(`${name}.xml`, entry('META-INF/ASiCManifest001.xml')),
      signatureFile: file(`${name}.p7s`, entry('META-INF/signature001.p7s')),
      recipients: recipients.map(({ encryption }, index) => pairFiles(`${name}-${index}`, encryption)),
    };
  };
  const { rsa3072, p256, p384 } = offices;
  return {
    folder,
    anchor,
    anchorFile: file('anchor.pem', writePem('CERTIFICATE', anchor.certificate.der)),
    crlFile: file('anchor.crl', crl.der),
    trust: { anchors: [anchor.certificate], crls: [crl], revocation: 'require' },
    offices,
    packages: [
      await seal('rsa3072', rsa3072, [rsa3072]),
      await seal('p256', p256, [p256]),
      await seal('p384', p384, [p384]),
      await seal('mixed', p256, [rsa3072, p256, p384]),
    ],
    file,
    pairFiles,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function unseal(bytes: Buffer, recipient: Identity | undefined): Promise<Buffer> {
  const opened = await openPackage({
    source: bufferSource(bytes),
    keys: recipient === undefined ? [] : [recipient.encryption],
    target: memoryTarget(),
    accept: 'exchange',
  });
  if (opened === null) throw new Error('a package did not open with its own key');
  return readAll(opened.container, bytes.length);
}
