import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bufferSource } from '../../electron/files/bytes.ts';
import { verifyContainer } from '../../electron/packages/verify-container.ts';
import { writePkcs12 } from '../../electron/pki/pkcs12/write-pkcs12.ts';
import { flipBit, rebuildContainer, type ZipEntry } from '../fixtures/stored-zip.ts';
import { type Answer, findDigiDoc, findDss, type JavaProgram, startJavaPeer } from './java-peer.ts';
import { createSamples, DOCUMENTS } from './sealed-samples.ts';

const dss = findDss();
const digiDoc = findDigiDoc();
const samples = await createSamples();
afterAll(() => samples.close());

const names = samples.packages.map(({ name }) => name);
const strangerFile = samples.pairFiles('stranger', samples.offices.p384.encryption).certificate;

const edit = (name: string, change: (content: Buffer) => Buffer) => (entries: readonly ZipEntry[]) =>
  entries.map((entry) => (entry.name === name ? { name, content: change(entry.content) } : entry));

/** What an attacker without the key can do to a container, and what DSS says of it. */
const ATTACKS: Readonly<Record<string, readonly [(entries: readonly ZipEntry[]) => readonly ZipEntry[], RegExp]>> = {
  'a document altered': [
    edit('documents/2-annex 1.bin', (content) => flipBit(content, 5)),
    /^TOTAL_FAILED HASH_FAILURE/,
  ],
  'the message altered': [edit('message.json', (content) => flipBit(content, 20)), /^TOTAL_FAILED HASH_FAILURE/],
  'a document removed': [
    (entries) => entries.filter(({ name }) => name !== 'documents/2-annex 1.bin'),
    /^INDETERMINATE SIGNED_DATA_NOT_FOUND|^TOTAL_FAILED/,
  ],
  'the manifest altered': [
    edit('META-INF/ASiCManifest001.xml', (content) => Buffer.concat([content, Buffer.from('\n')])),
    /^TOTAL_FAILED HASH_FAILURE/,
  ],
  'the signature altered': [
    edit('META-INF/signature001.p7s', (content) => flipBit(content, -3)),
    /^TOTAL_FAILED SIG_CRYPTO_FAILURE/,
  ],
};

const attacked: Record<string, string> = {};
for (const [title, [change]] of Object.entries(ATTACKS)) {
  const [sample] = samples.packages;
  if (sample === undefined) throw new Error('no sample');
  attacked[title] = samples.file(`${title}.asice`, await rebuildContainer(sample.container, change));
}

function ask(program: JavaProgram | null, jobs: readonly (readonly string[])[]): Answer[] {
  if (program === null) return [];
  const peer = startJavaPeer(program);
  try {
    return peer.run(jobs);
  } finally {
    peer.close();
  }
}

describe.skipIf(dss === null)('EU DSS', () => {
  let answers: Answer[] = [];
  beforeAll(() => {
    answers = ask(dss, [
      ...samples.packages.map(({ containerFile }) => ['validate', containerFile, samples.anchorFile, samples.crlFile]),
      ...samples.packages.map(({ containerFile }) => ['validate', containerFile, strangerFile, samples.crlFile]),
      ...Object.values(attacked).map((file) => ['validate', file, samples.anchorFile, samples.crlFile]),
    ]);
  });

  test.each(names.map((name, index) => [name, index] as const))(
    '%s: the container is TOTAL_PASSED under the anchor and its CRL',
    (_name, index) => {
      expect(answers[index]).toEqual({ ok: true, text: 'TOTAL_PASSED null CAdES-BASELINE-B ASiC-E' });
    },
  );

  test.each(names.map((name, index) => [name, index] as const))('%s: without the anchor it is not', (_name, index) => {
    expect(answers[names.length + index]?.text).toMatch(/^INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND/);
  });

  test.each(Object.keys(ATTACKS).map((title, index) => [title, index] as const))('%s: refused', (title, index) => {
    expect(answers[2 * names.length + index]?.text).toMatch(ATTACKS[title]?.[1] ?? /^$/);
  });
});

/** Java takes ASCII alone for PBES2. */
const PASSWORD = 'secret';
/** Containers that DSS signs with our PKCS#12, one and several documents, for LexPost to judge. */
const FOREIGN = Object.keys(samples.offices).flatMap((name) => ['asic-e', 'asic-s'].map((form) => `${form} ${name}`));

describe.skipIf(dss === null)('LexPost verifies what EU DSS signed', () => {
  const path = (title: string) => samples.file(`${title}.foreign`);
  beforeAll(() => {
    const jobs = FOREIGN.map((title) => {
      const [form = '', name = ''] = title.split(' ');
      const { signing } = samples.offices[name as keyof typeof samples.offices];
      const p12 = writePkcs12({
        entries: [{ ...signing, friendlyName: 'signing' }],
        certificates: [samples.anchor.certificate],
        password: PASSWORD,
      });
      const documents = DOCUMENTS.slice(0, form === 'asic-s' ? 1 : 2).map((one) => samples.file(one.name, one.content));
      return ['sign', samples.file(`${title}.p12`, p12), PASSWORD, path(title), form, ...documents];
    });
    expect(ask(dss, jobs).filter(({ ok }) => !ok)).toEqual([]);
  });
  const verify = (bytes: Buffer) =>
    verifyContainer({ container: bufferSource(bytes), trust: samples.trust, at: new Date() });

  test.each(FOREIGN)('%s', async (title) => {
    const { report } = await verify(readFileSync(path(title)));
    expect(report.checks.filter(({ ok }) => ok === false)).toEqual([]);
    expect(report).toMatchObject({ indication: 'TOTAL_PASSED', subIndication: null });
    const documents = DOCUMENTS.slice(0, title.startsWith('asic-s') ? 1 : 2);
    expect(report.documents.map(({ name, size }) => [name, size])).toEqual(
      documents.map(({ name, content }) => [name, content.length]),
    );
  });

  test.each(FOREIGN)('%s: a document with one bit turned', async (title) => {
    const bytes = readFileSync(path(title));
    const name = DOCUMENTS[0]?.name ?? '';
    const local = bytes.indexOf(name);
    expect(local).toBeGreaterThan(0);
    expect(await verify(flipBit(bytes, local + Buffer.byteLength(name) + 3))).toMatchObject({
      indication: 'TOTAL_FAILED',
    });
  });
});

/** digidoc4j opens ASiC-E and lists its files; it has no validator for CAdES in ASiC-E and says so. */
describe.skipIf(digiDoc === null)('digidoc4j', () => {
  let answers: Answer[] = [];
  beforeAll(() => {
    answers = ask(digiDoc, [
      ...samples.packages.map(({ containerFile }) => ['open', containerFile, samples.anchorFile]),
      ['open', samples.file('cut.asice', samples.packages[0]?.container.subarray(0, 5000)), samples.anchorFile],
    ]);
  });

  test.each(names.map((name, index) => [name, index] as const))(
    '%s: opens with every document, of its size',
    (_name, index) => {
      const answer = answers[index];
      expect(answer?.text).toMatch(/^ASICE files /);
      for (const { name, content } of DOCUMENTS) expect(answer?.text).toContain(`${name}=${content.length}`);
    },
  );

  test('a container cut short does not open', () => {
    expect(answers[names.length]).toMatchObject({ ok: false });
  });
});
