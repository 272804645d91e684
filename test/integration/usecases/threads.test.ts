import { hash, type KeyObject, sign, verify } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ByteSource, bufferSource } from '../../../electron/files/bytes.ts';
import { buildManifest } from '../../../electron/packages/asic/manifest.ts';
import { verifyContainer } from '../../../electron/packages/verify-container.ts';
import { writePkcs12 } from '../../../electron/pki/pkcs12/write-pkcs12.ts';
import { addAnchors, addCrlsInThread } from '../../../electron/usecases/add-trust.ts';
import type { OfficeContext } from '../../../electron/usecases/context.ts';
import { createTrialIdentity } from '../../../electron/usecases/create-trial-identity.ts';
import { importIdentityInThread } from '../../../electron/usecases/import-identity.ts';
import { openSigningAuthority } from '../../../electron/usecases/office/signing-authority.ts';
import { trustFor } from '../../../electron/usecases/office/trust.ts';
import { uuidV7 } from '../../../electron/usecases/uuid-v7.ts';
import { verifyFile } from '../../../electron/usecases/verify-file.ts';
import { AppError } from '../../../shared/errors.ts';
import type { MessageId } from '../../../shared/model/brand.ts';
import { craftCrl } from '../../fixtures/craft-crl.ts';
import { craftZip, signManifest, stored } from '../../fixtures/crafted-container.ts';
import { createLab, type Lab, OFFICES, type Party } from '../../fixtures/exchange-lab.ts';
import { makeIdentity } from '../../fixtures/pkcs12-material.ts';

/** What others wrote, and keys behind many rounds, are read beside the loop that a window waits for. */

let lab: Lab;
let firm: Party;
const { ca, identity } = makeIdentity();

beforeAll(async () => {
  lab = createLab();
  firm = await lab.addOffice(OFFICES.firm);
});
afterAll(() => lab.close());

function container(files: number): Buffer {
  const documents = Array.from({ length: files }, (_, index) =>
    stored(`documents/paper-${index}.txt`, Buffer.from(`paper ${index}`)),
  );
  const manifest = buildManifest(
    documents.map(({ name, content }) => ({ name, sha256: hash('sha256', content, 'buffer') })),
  );
  return craftZip([
    stored('mimetype', Buffer.from('application/vnd.etsi.asic-e+zip')),
    ...documents,
    stored('META-INF/ASiCManifest001.xml', manifest),
    stored('META-INF/signature001.p7s', signManifest(manifest, identity)),
  ]);
}

/** How often something else had its turn before `work` was done. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let ended = false;
  const end = work.finally(() => {
    ended = true;
  });
  let turns = 0;
  while (!ended) {
    await nextTurn();
    turns++;
  }
  await end;
  return turns;
}

describe('a container that anybody may have written', () => {
  test.each([true, false])('gets the verdict that it gets in this thread; its CA trusted: %s', async (trusted) => {
    const { context } = firm;
    if (trusted) {
      addAnchors(context, ca.certificate.der, 'test');
      await addCrlsInThread(context, craftCrl({ signer: ca, thisUpdate: lab.clock.now, nextUpdate: null }).der);
    }
    const bytes = container(40);
    const at = context.now();
    const trust = trustFor(context, context.vault.read, null, at);
    const { report } = await verifyContainer({ container: bufferSource(bytes), trust, at });
    expect(await verifyFile(context, { source: bufferSource(bytes) })).toEqual(report);
    expect(report.documents).toHaveLength(40);
  });

  test('is let go of as soon as somebody cancels it', async () => {
    const stop = new AbortController();
    const whole = bufferSource(container(200));
    const source: ByteSource = {
      ...whole,
      read: (target, position) => {
        // The first four bytes say what it is; then the thread asks
        if (target.length > 4) stop.abort();
        return whole.read(target, position);
      },
    };
    await expect(verifyFile(firm.context, { source, signal: stop.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  test('on a disk that fails is no broken container: the error of the disk is told', async () => {
    const whole = bufferSource(container(3));
    const source: ByteSource = {
      ...whole,
      read: async (target, position) => {
        if (target.length > 4) throw new AppError('FILE_NOT_READABLE');
        return whole.read(target, position);
      },
    };
    await expect(verifyFile(firm.context, { source })).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
  });

  test('waits for its turn where many are looked at at once', async () => {
    const bytes = container(2);
    const looked = Array.from({ length: 3 }, () => verifyFile(firm.context, { source: bufferSource(bytes) }));
    expect((await Promise.all(looked)).map(({ documents }) => documents.length)).toEqual([2, 2, 2]);
  });
});

describe('the loop turns on', () => {
  const p12 = writePkcs12({ entries: [identity.signing], certificates: [], password: 'file', iterations: 1 });
  const person = { p12, password: 'file', passphrase: '天鹅湖 七月', name: '王丙' };

  test('while a key is taken out of a file and put under many rounds', async () => {
    const own = { ...person, p12: firmKey() };
    expect(await turnsDuring(importIdentityInThread(firm.context, own))).toBeGreaterThan(2);
    await expect(importIdentityInThread(firm.context, { ...own, password: 'wrong' })).rejects.toMatchObject({
      code: 'P12_PASSWORD_WRONG',
    });
    await expect(importIdentityInThread(firm.context, person)).rejects.toMatchObject({ code: 'IDENTIFIER_INVALID' });
  });

  test('while the key is opened that signs, and a wrong word has its code', async () => {
    const context: OfficeContext = { ...firm.context, threads: true };
    const id = uuidV7(context.now()) as MessageId;
    const authority = await openSigningAuthority(context, firm.credentials, [id]);
    const { key, certificate } = authority.take(id);
    authority.close();
    const text = Buffer.from('text');
    const signature = sign('sha256', text, key as KeyObject);
    expect(verify('sha256', text, certificate.publicKey, signature)).toBe(true);
    expect(await turnsDuring(openSigningAuthority(context, firm.credentials, [id]))).toBeGreaterThan(2);
    const wrong = { ...firm.credentials, passphrase: 'wrong' };
    await expect(openSigningAuthority(context, wrong, [id])).rejects.toMatchObject({ code: 'P12_PASSWORD_WRONG' });
  });

  test('while a trial key is made', async () => {
    const request = { name: '李乙', passphrase: '天鹅湖 七月', acts: ['*'], algorithm: 'rsa3072' } as const;
    expect(await turnsDuring(createTrialIdentity(firm.context, request))).toBeGreaterThan(2);
  });

  test('while a long list of revocations is read, and what is no list has its code', async () => {
    const entries = Array.from({ length: 2_000 }, (_, index) => ({
      serial: Buffer.from([1, index >> 8, index & 255]),
    }));
    const { der } = craftCrl({ signer: ca, entries, number: 7 });
    expect(await turnsDuring(addCrlsInThread(firm.context, der))).toBeGreaterThan(2);
    expect(await addCrlsInThread(firm.context, der)).toBe(0);
    await expect(addCrlsInThread(firm.context, Buffer.from('no list'))).rejects.toMatchObject({
      code: 'CRL_MALFORMED',
    });
  });

  /** Of this office, as a CA would hand it out. */
  function firmKey(): Buffer {
    const { signing } = firm.identity;
    return writePkcs12({ entries: [signing], certificates: [], password: 'file', iterations: 1 });
  }
});
