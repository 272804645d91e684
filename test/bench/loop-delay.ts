/**
 * How long what others wrote, and keys behind many rounds, hold the loop that a window waits for: in this thread, and as the desk does it.
 *
 *     node test/bench/loop-delay.ts
 */
import { execFileSync } from 'node:child_process';
import { hash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bufferSource, fileSource } from '../../electron/files/bytes.ts';
import { buildManifest } from '../../electron/packages/asic/manifest.ts';
import { verifyContainer } from '../../electron/packages/verify-container.ts';
import { addCrls, addCrlsInThread } from '../../electron/usecases/add-trust.ts';
import { createTrialIdentity } from '../../electron/usecases/create-trial-identity.ts';
import { judgeBundle } from '../../electron/usecases/evidence/judge-bundle.ts';
import { importIdentity, importIdentityInThread } from '../../electron/usecases/import-identity.ts';
import { openSigningAuthority } from '../../electron/usecases/office/signing-authority.ts';
import { verifyFile } from '../../electron/usecases/verify-file.ts';
import { craftCrl } from '../fixtures/craft-crl.ts';
import { craftZip, signManifest, stored } from '../fixtures/crafted-container.ts';
import { judge, makeEvidence } from '../fixtures/evidence-material.ts';
import { createLab, OFFICES } from '../fixtures/exchange-lab.ts';
import { makeIdentity } from '../fixtures/pkcs12-material.ts';
import { makeCa } from '../fixtures/pki-material.ts';

const dir = mkdtempSync(join(tmpdir(), 'lexpost-loop-'));
const lab = createLab();
const { context } = await lab.addOffice(OFFICES.firm);

/**
 * Milliseconds: how long it took, and the longest that nothing else could run: by the clock, and by the processor's time of this thread, which a machine busy with
 * other things does not stretch.
 */
async function measure(name: string, work: () => unknown): Promise<void> {
  let [clock, used, longest, busiest] = [0, 0, 0, 0];
  const look = (): void => {
    const { user, system } = process.threadCpuUsage();
    const [now, cpu] = [performance.now(), (user + system) / 1000];
    [longest, busiest] = [Math.max(longest, now - clock), Math.max(busiest, cpu - used)];
    [clock, used] = [now, cpu];
  };
  const probe = setInterval(look, 1);
  await pause(100);
  [longest, busiest] = [0, 0];
  const started = performance.now();
  await work();
  const total = performance.now() - started;
  // a call that never let go is seen by the next turn
  await pause(50);
  clearInterval(probe);
  const figures = [total, longest, busiest].map((value) => `${value.toFixed(0).padStart(8)} ms`);
  console.log(`${name.padEnd(56)}${figures.join('')}`);
}

/** A container of `files` small files, under as many manifests as given, each of which names them all. */
function writeContainer(name: string, files: number, manifests: number): string {
  const { identity } = makeIdentity();
  const documents = Array.from({ length: files }, (_, index) =>
    stored(`documents/paper-${index}.txt`, Buffer.from(`paper ${index}`)),
  );
  const manifest = buildManifest(
    documents.map((entry) => ({ name: entry.name, sha256: hash('sha256', entry.content, 'buffer') })),
  );
  const signatures = Array.from({ length: manifests }, (_, index) => {
    const number = String(index + 1).padStart(3, '0');
    const xml = Buffer.from(manifest.toString('utf8').replace('signature001', `signature${number}`));
    return [
      stored(`META-INF/ASiCManifest${number}.xml`, xml),
      stored(`META-INF/signature${number}.p7s`, signManifest(xml, identity)),
    ];
  });
  const path = join(dir, name);
  const mimetype = stored('mimetype', Buffer.from('application/vnd.etsi.asic-e+zip'));
  writeFileSync(path, craftZip([mimetype, ...documents, ...signatures.flat()]));
  return path;
}

async function lookAt(name: string, path: string): Promise<void> {
  const source = await fileSource(path);
  const trust = { anchors: [], crls: [], revocation: 'off' } as const;
  await measure(`${name}, in this thread`, () => verifyContainer({ container: source, trust, at: new Date() }));
  await measure(`${name}, at the desk`, () => verifyFile(context, { source }));
  await source.close();
}

function writePkcs12(name: string, ...options: readonly string[]): Buffer {
  const [key, certificate, path] = ['key.pem', 'certificate.pem', name].map((file) => join(dir, file)) as [
    string,
    string,
    string,
  ];
  const run = (...args: readonly string[]): unknown => execFileSync('openssl', args, { stdio: 'pipe' });
  const leaf = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature'];
  const extensions = leaf.flatMap((extension) => ['-addext', extension]);
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc'];
  run('req', '-x509', ...curve, '-keyout', key, '-out', certificate, '-subj', '/CN=bench', ...extensions);
  const rounds = ['-iter', '600000', '-passout', 'pass:bench'];
  run('pkcs12', '-export', ...options, ...rounds, '-inkey', key, '-in', certificate, '-out', path);
  return readFileSync(path);
}

async function importKey(name: string, p12: Buffer): Promise<void> {
  const request = { p12, password: 'bench', passphrase: 'correct horse', acts: ['*'], name: 'bench' };
  await measure(`${name}, in this thread`, () => importIdentity(context, request));
  await measure(`${name}, at the desk`, () => importIdentityInThread(context, request));
}

console.log(`${''.padEnd(56)}      total    longest  of its own`);
await lookAt('container of 9,990 entries', writeContainer('big.asice', 9_987, 1));
await lookAt('container under 60 manifests of 9,800', writeContainer('many.asice', 9_800, 60));
await importKey('legacy PKCS#12 of 600,000 rounds', writePkcs12('legacy.p12', '-legacy'));
await importKey('PKCS#12 of 600,000 rounds', writePkcs12('modern.p12'));

const { id: person } = await createTrialIdentity(context, {
  name: 'bench',
  passphrase: 'correct horse',
  acts: ['*'],
  algorithm: 'p256',
});
const credentials = { person, passphrase: 'correct horse' };
await measure('key that signs, in this thread', () => openSigningAuthority(context, credentials, []));
await measure('key that signs, at the desk', () =>
  openSigningAuthority({ ...context, threads: true }, credentials, []),
);

const entries = Array.from({ length: 50_000 }, () => ({ serial: Buffer.concat([Buffer.of(1), randomBytes(15)]) }));
const [first, second] = [1, 2].map((number) => craftCrl({ signer: makeCa('bench'), entries, number }).der);
await measure('list of 50,000 revocations, in this thread', () => addCrls(context, first as Buffer));
await measure('list of 50,000 revocations, at the desk', () => addCrlsInThread(context, second as Buffer));

const evidence = await makeEvidence();
const bundle = bufferSource(evidence.bundle);
const { certificate } = evidence.trust.root;
await measure('evidence bundle, in this thread', () => judge(evidence.bundle, evidence));
await measure('evidence bundle, at the desk', () =>
  judgeBundle(context, { bundle, anchors: [certificate.der], fingerprints: [], ownTrust: false, at: new Date() }),
);

await evidence.close();
await lab.close();
rmSync(dir, { recursive: true, force: true });
