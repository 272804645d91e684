import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type ByteSource, fileSource, readAll, readRange } from '../../../electron/files/bytes.ts';
import { openPackage } from '../../../electron/packages/open-package.ts';
import { type SealedPackage, sealPackage } from '../../../electron/packages/seal-package.ts';
import { verifyContainer } from '../../../electron/packages/verify-container.ts';
import type { Identity } from '../../../electron/pki/identity.ts';
import { createIdentity } from '../../../electron/pki/issue/create-identity.ts';
import { createEphemeralTarget } from '../../../electron/vault/blobs/ephemeral-target.ts';
import { actDraft, createMaterial, NOW, USCC } from '../../fixtures/package-material.ts';

/** Real files, real threads, the encrypted temporary file of the command. */
const folder = mkdtempSync(join(tmpdir(), 'lx-packages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { ca } = createMaterial();
const trust = { anchors: [ca.certificate], crls: [], revocation: 'off' } as const;
const office = (algorithm: 'p256' | 'p384' | 'rsa3072'): Identity =>
  createIdentity({
    name: `律师事务所 ${algorithm}`,
    officeType: 'law-firm',
    uscc: USCC.firm,
    region: '340100',
    algorithm,
    issuer: { ...ca, chain: [] },
    now: new Date('2026-06-01T00:00:00Z'),
  });
const offices = { p256: office('p256'), p384: office('p384'), rsa3072: office('rsa3072') };

function writeDocument(name: string, content: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function seal(
  file: string,
  signer: Identity,
  to: readonly Identity[],
  paths: readonly string[],
): Promise<SealedPackage> {
  const recipients = to.map(({ encryption }) => encryption.certificate);
  const sources: ByteSource[] = [];
  const output = await open(join(folder, file), 'w');
  try {
    for (const path of paths) sources.push(await fileSource(path));
    return await sealPackage({
      draft: actDraft(signer, recipients),
      documents: sources.map((source, index) => ({
        source,
        name: `卷宗 ${index + 1}.bin`,
        kind: 'other',
        mediaType: 'application/octet-stream',
      })),
      signer: { ...signer.signing, chain: signer.chain },
      recipients,
      now: NOW,
      sink: { write: async (chunk) => void (await output.write(chunk)) },
    });
  } finally {
    await output.close();
    for (const source of sources) await source.close();
  }
}

async function openFile(file: string, { encryption }: Identity, signal?: AbortSignal, progress?: () => void) {
  const source = await fileSource(join(folder, file));
  try {
    return await openPackage({
      source,
      keys: [{ certificate: encryption.certificate, key: encryption.key }],
      target: await createEphemeralTarget(folder, source.size),
      accept: 'exchange',
      ...(signal === undefined ? {} : { signal }),
      ...(progress === undefined ? {} : { progress }),
    });
  } finally {
    await source.close();
  }
}

async function verdict(file: string, identity: Identity) {
  const opened = await openFile(file, identity);
  if (opened === null) throw new Error('not for this key');
  return { opened, result: await verifyContainer({ container: opened.container, opened, trust, at: NOW }) };
}

const small = randomBytes(70_000);
const smallPath = writeDocument('small', small);
const mixed = Object.values(offices);

describe('a package for', () => {
  test.each([
    ['P-256', offices.p256, [offices.p256]],
    ['P-384', offices.p384, [offices.p384]],
    ['RSA-3072', offices.rsa3072, [offices.rsa3072]],
    ['all of them at once', offices.p256, mixed],
  ])('%s opens for each recipient and gives every byte', async (name, signer, to) => {
    const sealed = await seal(`${name}.p7m`, signer, to, [smallPath, smallPath]);
    for (const identity of to) {
      const { opened, result } = await verdict(`${name}.p7m`, identity);
      expect(result).toMatchObject({ indication: 'TOTAL_PASSED', m: sealed.m });
      expect((await readAll(await result.readDocument(1), 100_000)).equals(small)).toBe(true);
      await opened.container.close();
    }
  });
});

describe('bulk, hashed in a thread of its own', () => {
  const size = 20_000_123;
  const large = randomBytes(size);
  const largePath = writeDocument('large', large);

  test('comes out the same from any place, and a second reading says what the first did', async () => {
    await seal('large.p7m', offices.p256, [offices.p256], [smallPath, largePath]);
    const { opened, result } = await verdict('large.p7m', offices.p256);
    expect(result.indication).toBe('TOTAL_PASSED');
    const again = await verifyContainer({ container: opened.container, trust, at: NOW, accept: 'profile' });
    expect(again).toMatchObject({ indication: 'TOTAL_PASSED', m: result.m });
    const document = await result.readDocument(1);
    for (const at of [0, 65_534, 9_999_999, size - 100_000]) {
      expect((await readRange(document, at, 100_000)).equals(large.subarray(at, at + 100_000))).toBe(true);
    }
    await opened.container.close();
  });

  test('a file that another program cuts meanwhile ends the sealing with FILE_CHANGED', async () => {
    const path = writeDocument('cut', large);
    const source = await fileSource(path);
    truncateSync(path, size - 1);
    const recipients = [offices.p256.encryption.certificate];
    const sealing = sealPackage({
      draft: actDraft(offices.p256, recipients),
      documents: [{ source, name: 'x.bin', kind: 'other', mediaType: 'application/octet-stream' }],
      signer: { ...offices.p256.signing, chain: [] },
      recipients,
      now: NOW,
      sink: { write: async () => {} },
    });
    await expect(sealing).rejects.toMatchObject({ code: 'FILE_CHANGED', params: { name: 'x.bin' } });
    await source.close();
  });

  test('opening that is cancelled, or whose last bit is wrong, leaves nothing in the folder', async () => {
    await seal('good.p7m', offices.p256, [offices.p256], [largePath]);
    const before = readdirSync(folder).sort();
    const controller = new AbortController();
    const cancelled = openFile('good.p7m', offices.p256, controller.signal, () => controller.abort());
    await expect(cancelled).rejects.toThrow('CANCELLED');
    expect(readdirSync(folder).sort()).toEqual(before);

    const bad = await open(join(folder, 'good.p7m'), 'r+');
    const { size: length } = await bad.stat();
    const last = Buffer.alloc(1);
    await bad.read(last, 0, 1, length - 1);
    await bad.write(Buffer.from([(last[0] ?? 0) ^ 1]), 0, 1, length - 1);
    await bad.close();
    await expect(openFile('good.p7m', offices.p256)).rejects.toThrow('PACKAGE_TAMPERED');
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});
