import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bufferSource } from '../../electron/files/bytes.ts';
import { verifyCms } from '../../electron/packages/cms/verify-cms.ts';
import { decryptToBuffer } from '../fixtures/decrypt-to-buffer.ts';
import { flipBit } from '../fixtures/stored-zip.ts';
import { type Answer, findBouncyCastle, startJavaPeer } from './java-peer.ts';
import { createSamples, DOCUMENTS } from './sealed-samples.ts';

const program = findBouncyCastle();
const samples = await createSamples();
afterAll(() => samples.close());

const contentFile = samples.file('content', DOCUMENTS[1]?.content);
const pairs = Object.entries(samples.offices).map(([name, office]) => ({
  name,
  ...office,
  signingFiles: samples.pairFiles(`sign-${name}`, office.signing),
  encryptionFiles: samples.pairFiles(`encrypt-${name}`, office.encryption),
}));

/** A job with a name; all of them go to one JVM, and each test looks at its own answer. */
const jobs = new Map<string, readonly string[]>();
const answers = new Map<string, Answer>();

const opened: string[] = [];
const spoiled: string[] = [];
for (const sample of samples.packages) {
  const bad = samples.file(`${sample.name}-bad.p7m`, flipBit(sample.package, -1000));
  sample.recipients.forEach(({ key }, index) => {
    const name = `${sample.name}, recipient ${index + 1}`;
    opened.push(name);
    jobs.set(`open ${name}`, ['decrypt', key, sample.packageFile, samples.file(`${name}.out`)]);
    spoiled.push(name);
    jobs.set(`bad ${name}`, ['decrypt', key, bad, samples.file(`${name}.bad`)]);
  });
  const badManifest = samples.file(`${sample.name}-bad.xml`, flipBit(readFileSync(sample.manifestFile), 300));
  jobs.set(`verify ${sample.name}`, ['verify', sample.signatureFile, sample.manifestFile]);
  jobs.set(`verify bad ${sample.name}`, ['verify', sample.signatureFile, badManifest]);
}

const ENVELOPES = ['auth', 'cbc'].flatMap((kind) => ['definite', 'indefinite'].map((lengths) => `${kind} ${lengths}`));
for (const envelope of ENVELOPES) {
  const [kind = '', lengths = ''] = envelope.split(' ');
  const certificates = pairs.map(({ encryptionFiles }) => encryptionFiles.certificate);
  jobs.set(envelope, ['envelope', kind, lengths, samples.file(`${envelope}.p7m`), contentFile, ...certificates]);
}

const SIGNATURES = pairs.flatMap(({ name }) => [`attached ${name}`, `detached ${name}`]);
for (const { name, signingFiles } of pairs) {
  for (const form of ['attached', 'detached']) {
    const { key, certificate } = signingFiles;
    jobs.set(`${form} ${name}`, ['sign', form, key, certificate, contentFile, samples.file(`${form} ${name}.p7s`)]);
  }
}

beforeAll(() => {
  if (program === null) return;
  const peer = startJavaPeer(program);
  try {
    const given = peer.run([...jobs.values()]);
    [...jobs.keys()].forEach((name, index) => {
      const answer = given[index];
      if (answer !== undefined) answers.set(name, answer);
    });
  } finally {
    peer.close();
  }
});

describe.skipIf(program === null)('BouncyCastle reads what LexPost wrote', () => {
  test.each(opened)('%s opens the package and gets the container', (name) => {
    expect(answers.get(`open ${name}`)).toMatchObject({ ok: true });
    const sample = samples.packages.find((one) => name.startsWith(`${one.name},`));
    expect(readFileSync(samples.file(`${name}.out`)).equals(sample?.container ?? Buffer.alloc(0))).toBe(true);
  });

  test.each(spoiled)('%s cannot open it with one bit turned', (name) => {
    expect(answers.get(`bad ${name}`)).toMatchObject({ ok: false });
  });

  test.each(samples.packages.map(({ name }) => name))(
    '%s: the signature and its signingCertificateV2 are good',
    (name) => {
      expect(answers.get(`verify ${name}`)).toEqual({ ok: true, text: 'verified 1' });
    },
  );

  test.each(samples.packages.map(({ name }) => name))('%s: a manifest with one bit turned does not verify', (name) => {
    expect(answers.get(`verify bad ${name}`)).toMatchObject({ ok: false });
  });
});

describe.skipIf(program === null)('LexPost opens what BouncyCastle wrote', () => {
  test.each(ENVELOPES)('%s lengths, for RSA-OAEP, P-256 and P-384', async (envelope) => {
    expect(answers.get(envelope)).toMatchObject({ ok: true });
    const message = readFileSync(samples.file(`${envelope}.p7m`));
    for (const { encryption } of pairs) {
      const decrypted = await decryptToBuffer(message, [encryption]);
      expect(decrypted?.content.equals(readFileSync(contentFile))).toBe(true);
      expect(decrypted?.authenticated).toBe(envelope.startsWith('auth'));
    }
  });

  test.each(ENVELOPES.filter((envelope) => envelope.startsWith('auth')))(
    '%s lengths with one bit turned: refused',
    async (envelope) => {
      const message = flipBit(readFileSync(samples.file(`${envelope}.p7m`)), -5000);
      await expect(
        decryptToBuffer(
          message,
          pairs.map(({ encryption }) => encryption),
        ),
      ).rejects.toMatchObject({
        code: 'PACKAGE_TAMPERED',
      });
    },
  );
});

describe.skipIf(program === null)('LexPost verifies what BouncyCastle signed', () => {
  const verify = (signature: string, content: Buffer) =>
    verifyCms({
      bytes: readFileSync(samples.file(`${signature}.p7s`)),
      content: signature.startsWith('detached') ? bufferSource(content) : undefined,
      trust: samples.trust,
      at: new Date(),
    });

  test.each(SIGNATURES)('%s', async (signature) => {
    expect(answers.get(signature)).toMatchObject({ ok: true });
    const content = readFileSync(contentFile);
    const verdict = await verify(signature, content);
    expect(verdict).toMatchObject({ indication: 'TOTAL_PASSED', subIndication: null });
    expect(verdict.content === null || verdict.content.equals(content)).toBe(true);
  });

  test.each(SIGNATURES.filter((signature) => signature.startsWith('detached')))(
    '%s: another content fails',
    async (signature) => {
      const verdict = await verify(signature, flipBit(readFileSync(contentFile), 7));
      expect(verdict).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE' });
    },
  );
});
