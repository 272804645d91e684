import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bufferSource, readAll } from '../../../electron/files/bytes.ts';
import {
  buildAuthEnvelopedHeader,
  buildAuthEnvelopedTrailer,
} from '../../../electron/packages/cms/build-auth-enveloped-header.ts';
import { openPackage } from '../../../electron/packages/open-package.ts';
import { buildContainer, resealContainer } from '../../../electron/packages/seal-package.ts';
import { type TrustInput, type VerifyInput, verifyContainer } from '../../../electron/packages/verify-container.ts';
import type { Certificate } from '../../../electron/pki/certificate.ts';
import type { Identity } from '../../../electron/pki/identity.ts';
import { createIdentity } from '../../../electron/pki/issue/create-identity.ts';
import { issueCrl } from '../../../electron/pki/issue/issue-crl.ts';
import { memorySink, memoryTarget } from '../../fixtures/memory-bytes.ts';
import { actDraft, createMaterial, document, NOW, sealSample, USCC } from '../../fixtures/package-material.ts';

const material = createMaterial();
const { firm, procuratorate, stranger } = material;
const crl = issueCrl(
  {
    revoked: [],
    thisUpdate: new Date('2026-11-01T00:00:00Z'),
    nextUpdate: new Date('2027-11-01T00:00:00Z'),
    number: 1,
  } as never,
  material.ca,
);
const trust: TrustInput = { anchors: [material.ca.certificate], crls: [crl], revocation: 'require' };
const keyOf = (identity: Identity) => ({ certificate: identity.encryption.certificate, key: identity.encryption.key });

const open = (bytes: Buffer, identity: Identity = procuratorate) =>
  openPackage({ source: bufferSource(bytes), keys: [keyOf(identity)], target: memoryTarget(), accept: 'exchange' });

async function verdict(bytes: Buffer, change: Partial<VerifyInput> = {}, identity: Identity = procuratorate) {
  const opened = await open(bytes, identity);
  if (opened === null) throw new Error('not for me');
  return verifyContainer({ container: opened.container, opened, trust, at: NOW, accept: 'profile', ...change });
}

/** What an attacker who holds the key can do: seal any bytes as the content of a package. */
async function enclose(container: Buffer, recipients: readonly Certificate[]): Promise<Buffer> {
  const cek = randomBytes(32);
  const nonce = randomBytes(12);
  const header = buildAuthEnvelopedHeader({ recipients, cek, nonce, contentLength: container.length });
  const cipher = createCipheriv('aes-256-gcm', cek, nonce);
  const content = Buffer.concat([cipher.update(container), cipher.final()]);
  return Buffer.concat([header, content, buildAuthEnvelopedTrailer(cipher.getAuthTag())]);
}

async function containerBy(signer: Identity, change: { draft?: object; now?: Date } = {}): Promise<Buffer> {
  const sink = memorySink();
  const recipients = [procuratorate.encryption.certificate, firm.encryption.certificate];
  const draft = { ...actDraft(signer, recipients), ...change.draft } as ReturnType<typeof actDraft>;
  const documents = [document('委托书.pdf', Buffer.from('%PDF-1.7 sample'))];
  await buildContainer(
    { draft, documents, signer: { ...signer.signing, chain: signer.chain }, now: change.now ?? NOW },
    sink,
  );
  return sink.bytes();
}

describe('a good package', () => {
  test('opens for each recipient, verifies, and gives its documents', async () => {
    const { bytes, sealed } = await sealSample(material);
    for (const identity of [procuratorate, firm]) {
      const result = await verdict(bytes, {}, identity);
      expect(result.report.checks.filter(({ ok }) => ok === false)).toEqual([]);
      expect(result).toMatchObject({ indication: 'TOTAL_PASSED', subIndication: null, code: null, m: sealed.m });
      expect(result.message).toEqual(sealed.message);
      expect(result.signatureDigest).toBe(sealed.signatureDigest);
      const content = await readAll(await result.readDocument(0), 1000);
      expect(content.toString()).toBe('%PDF-1.7 sample');
    }
  });
  test('verifies the same without the digests taken while decrypting', async () => {
    const { bytes } = await sealSample(material);
    const opened = await open(bytes);
    if (opened === null) throw new Error('not for me');
    const plain = await verifyContainer({ container: opened.container, trust, at: NOW });
    expect(plain.indication).toBe('TOTAL_PASSED');
    expect(plain.report.checks.find(({ id }) => id === 'recipients')?.ok).toBeNull();
  });
  test('without a card the sender is not checked, and with one that refuses it is not passed', async () => {
    const { bytes } = await sealSample(material);
    const without = await verdict(bytes);
    expect(without.report.checks.find(({ id }) => id === 'sender-bound')?.ok).toBeNull();
    const refused = await verdict(bytes, { binding: () => ({ ok: false, code: 'KEY_NOT_FOR_ACT' }) });
    expect(refused).toMatchObject({ indication: 'INDETERMINATE', code: 'KEY_NOT_FOR_ACT' });
    await expect(refused.readDocument(0)).rejects.toThrow('KEY_NOT_FOR_ACT');
  });
  test('of a signer whose time has ended is neither bound nor refused, and not passed', async () => {
    const { bytes } = await sealSample(material);
    const open = await verdict(bytes, { binding: () => ({ ok: null }) });
    expect(open).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'OUT_OF_BOUNDS_NO_POE',
      code: 'SIGNER_NOT_TRUSTED',
    });
    expect(open.report.checks.find(({ id }) => id === 'sender-bound')?.ok).toBeNull();
    await expect(open.readDocument(0)).rejects.toThrow('SIGNER_NOT_TRUSTED');
  });
  test('sealed again around the same container it keeps its name and its verdict', async () => {
    const { bytes, sealed } = await sealSample(material);
    const opened = await open(bytes);
    if (opened === null) throw new Error('not for me');
    const sink = memorySink();
    await resealContainer({
      container: opened.container,
      recipients: [procuratorate.encryption.certificate, firm.encryption.certificate],
      sink,
    });
    expect(await verdict(sink.bytes())).toMatchObject({ indication: 'TOTAL_PASSED', m: sealed.m });
  });
});

describe('the envelope', () => {
  test('somebody else’s key gives null, never an error: not for me is not tampered', async () => {
    const { bytes } = await sealSample(material);
    expect(await open(bytes, stranger)).toBeNull();
  });
  test('a sealed package that was sealed again for somebody else is refused', async () => {
    const opened = await open((await sealSample(material)).bytes);
    if (opened === null) throw new Error('not for me');
    const sink = memorySink();
    await resealContainer({ container: opened.container, recipients: [stranger.encryption.certificate], sink });
    expect(await verdict(sink.bytes(), {}, stranger)).toMatchObject({
      indication: 'TOTAL_FAILED',
      code: 'PACKAGE_NOT_FOR_RECIPIENT',
    });
  });
  test('an added or a missing outer recipient is refused', async () => {
    const opened = await open((await sealSample(material)).bytes);
    if (opened === null) throw new Error('not for me');
    const mine = procuratorate.encryption.certificate;
    for (const recipients of [[mine], [mine, stranger.encryption.certificate, firm.encryption.certificate]]) {
      const sink = memorySink();
      await resealContainer({ container: opened.container, recipients, sink });
      expect(await verdict(sink.bytes())).toMatchObject({
        indication: 'TOTAL_FAILED',
        code: 'PACKAGE_RECIPIENTS_MISMATCH',
      });
    }
    const sink = memorySink();
    await resealContainer({ container: opened.container, recipients: [mine, stranger.encryption.certificate], sink });
    const known = [mine, firm.encryption.certificate];
    expect(await verdict(sink.bytes(), { knownRecipients: known })).toMatchObject({
      code: 'PACKAGE_RECIPIENTS_MISMATCH',
    });
  });
  test('any one bit changed anywhere: an error, not for me, or the very same message; on an error the target is left empty', async () => {
    const { bytes, sealed } = await sealSample(material);
    const outcomes = new Set<string>();
    let m: string | null = null;
    const at = new Set<number>();
    for (let index = 0; index < 900; index++) at.add(index);
    for (let index = 1; index <= 40; index++) at.add(bytes.length - index);
    for (let index = 0; index < 200; index++) at.add(Math.floor((index * (bytes.length - 1)) / 200));
    for (const index of at) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8));
      const target = memoryTarget();
      const outcome = await openPackage({
        source: bufferSource(changed),
        keys: [keyOf(procuratorate)],
        target,
        accept: 'exchange',
      }).then(
        async (opened) => {
          if (opened === null) return 'null';
          // Outside what the tag protects only the other recipient's part can differ without this reader's noticing
          const result = await verifyContainer({
            container: opened.container,
            opened,
            knownRecipients: [procuratorate.encryption.certificate, firm.encryption.certificate],
            trust,
            at: NOW,
            accept: 'profile',
          });
          m = result.m;
          return result.indication === 'TOTAL_PASSED' ? 'passed' : 'failed';
        },
        (error: unknown) => {
          expect(String(error)).toMatch(/PACKAGE_/);
          expect(target.state).not.toBe('finished');
          return 'error';
        },
      );
      outcomes.add(outcome);
      // A byte of the header that nobody acts on, or of the other recipient's key, may differ: what was opened is then the same message
      expect(outcome === 'passed' ? m : sealed.m, `byte ${index}`).toBe(sealed.m);
    }
  });
  test('cut anywhere it is an error', async () => {
    const { bytes } = await sealSample(material);
    for (let length = 0; length < bytes.length; length += length < 900 ? 1 : 977) {
      await expect(open(bytes.subarray(0, length)), `length ${length}`).rejects.toThrow(
        /PACKAGE_(TRUNCATED|MALFORMED|TAMPERED)/,
      );
    }
  });
  test('bytes behind the package are refused', async () => {
    const { bytes } = await sealSample(material);
    await expect(open(Buffer.concat([bytes, Buffer.from([0])]))).rejects.toThrow(/PACKAGE_/);
  });
});

describe('the container, by an attacker who can seal', () => {
  const recipients = [procuratorate.encryption.certificate, firm.encryption.certificate];

  test('10,000 random bit flips: none is accepted', { timeout: 240_000 }, async () => {
    const original = await containerBy(firm);
    let seed = 7;
    const random = (): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed / 2 ** 32;
    };
    for (let round = 0; round < 10_000; round++) {
      const changed = Buffer.from(original);
      const at = Math.floor(random() * changed.length);
      changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      const result = await verifyContainer({ container: bufferSource(changed), trust, at: NOW, accept: 'profile' });
      expect(result.indication, `byte ${at}`).not.toBe('TOTAL_PASSED');
      expect(result.code).not.toBeNull();
    }
  });
  test('an altered document, message or manifest is found, with its own sub-indication', async () => {
    const original = await containerBy(firm);
    const alter = async (from: string, to: string) => {
      const changed = Buffer.from(original);
      const at = changed.indexOf(from);
      expect(at).toBeGreaterThan(0);
      Buffer.from(to).copy(changed, at);
      return verdict(await enclose(changed, recipients));
    };
    // CRCs are mended nowhere here: the structure already tells
    expect(await alter('%PDF-1.7', '%PDF-1.8')).toMatchObject({
      indication: 'TOTAL_FAILED',
      code: 'CONTAINER_MALFORMED',
    });
    expect(await alter('"seq":1', '"seq":2')).toMatchObject({
      indication: 'TOTAL_FAILED',
      code: 'CONTAINER_MALFORMED',
    });
  });
  test('a signature by another certificate than the message names is refused', async () => {
    const container = await containerBy(stranger, {
      draft: { sender: { office: null, person: null, certificate: firm.signing.certificate.sha256 } },
    }).catch((error: unknown) => String(error));
    expect(container).toMatch(/MESSAGE_SIGNER_MISMATCH/);
  });
});

describe('the signer', () => {
  const signedBy = async (identity: Identity, change: Partial<VerifyInput> = {}) => {
    const recipients = [procuratorate.encryption.certificate, firm.encryption.certificate];
    return verdict(await enclose(await containerBy(identity), recipients), change);
  };
  const issuer = { ...material.ca, chain: [] };
  const common = { name: '丁', officeType: 'law-firm', uscc: USCC.firm, region: '340100', algorithm: 'p256' } as const;

  test('without an anchor, expired, not yet valid, revoked, without revocation data: each has its own answer, none passes', async () => {
    const trial = createIdentity({ ...common, now: new Date('2026-06-01T00:00:00Z') });
    expect(await signedBy(trial)).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    });
    const old = createIdentity({ ...common, issuer, now: new Date('2026-02-01T00:00:00Z'), validDays: 30 });
    expect(await signedBy(old)).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'OUT_OF_BOUNDS_NO_POE' });
    const early = createIdentity({ ...common, issuer, now: new Date('2026-12-24T00:00:00Z') });
    expect(await signedBy(early)).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'NOT_YET_VALID' });
    expect(await signedBy(firm, { trust: { ...trust, crls: [] } })).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'TRY_LATER',
    });
    const revoking = issueCrl(
      {
        revoked: [{ serial: firm.signing.certificate.serial, revokedAt: new Date('2026-10-01T00:00:00Z') }],
        thisUpdate: new Date('2026-11-01T00:00:00Z'),
        nextUpdate: new Date('2027-11-01T00:00:00Z'),
        number: 2,
      },
      material.ca,
    );
    expect(await signedBy(firm, { trust: { ...trust, crls: [revoking] } })).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'REVOKED_NO_POE',
    });
  });
  test('a pinned trial identity passes for as long as it is pinned', async () => {
    const trial = createIdentity({ ...common, now: new Date('2026-06-01T00:00:00Z') });
    const pinned = { anchors: [trial.signing.certificate], crls: [], revocation: 'require' } as const;
    expect(await signedBy(trial, { trust: pinned })).toMatchObject({ indication: 'TOTAL_PASSED' });
  });
  test('an encryption certificate does not sign', async () => {
    const wrong = { ...firm, signing: firm.encryption };
    expect(await signedBy(wrong)).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
    });
  });
  test('the report speaks as cli.md says', async () => {
    const { report } = await signedBy(firm);
    expect(Object.keys(report)).toEqual([
      'version',
      'indication',
      'subIndication',
      'code',
      'validationTime',
      'm',
      'signers',
      'container',
      'documents',
      'message',
      'checks',
    ]);
    expect(report.signers[0]).toMatchObject({
      subject: expect.stringContaining('甲律师事务所'),
      revocation: { status: 'good', asOf: '2026-11-01T00:00:00.000Z' },
      indication: 'TOTAL_PASSED',
    });
    expect(report.documents).toEqual([
      expect.objectContaining({ name: '委托书.pdf', mediaType: 'application/pdf', size: 15 }),
    ]);
  });
});
