import { describe, expect, test } from 'vitest';
import { bufferSource } from '../../../../electron/files/bytes.ts';
import { buildSignedData } from '../../../../electron/packages/cms/build-signed-data.ts';
import { type CmsTrust, verifyCms } from '../../../../electron/packages/cms/verify-cms.ts';
import type { KeyPairCertificate } from '../../../../electron/pki/identity.ts';
import { createCa } from '../../../../electron/pki/issue/create-ca.ts';
import { createPair } from '../../../../electron/pki/issue/create-pair.ts';
import { issueCrl } from '../../../../electron/pki/issue/issue-crl.ts';
import { CMS_NOW } from '../../../fixtures/cms-material.ts';
import { craftSignedData, craftSignerInfo, goodAttributes } from '../../../fixtures/craft-signed-data.ts';
import { patternSource } from '../../../fixtures/memory-bytes.ts';

const content = Buffer.from('the content');
const ca = createCa({ name: 'Test root', algorithm: 'p256', now: CMS_NOW });
const signer = createPair({
  purpose: 'sign',
  algorithm: 'p256',
  subject: { commonName: 'A' },
  now: CMS_NOW,
  issuer: ca,
});
const stranger = createPair({ purpose: 'sign', algorithm: 'p256', subject: { commonName: 'B' }, now: CMS_NOW });
const trust: CmsTrust = { anchors: [ca.certificate], revocation: 'off' };

const sign = (pair: KeyPairCertificate, detached: boolean) =>
  buildSignedData({ ...pair, chain: [], content, detached, signingTime: CMS_NOW }).der;
const attributesOf = (pair: KeyPairCertificate) => Object.values(goodAttributes(content, pair.certificate));

describe('verifyCms', () => {
  test('attached: passes and gives the content that the verdict is about', async () => {
    const verdict = await verifyCms({ bytes: sign(signer, false), trust, at: CMS_NOW });
    expect(verdict).toMatchObject({ indication: 'TOTAL_PASSED', subIndication: null, content });
    expect(verdict.signers).toHaveLength(1);
    expect(verdict.signers[0]?.path?.path.map(({ subjectText }) => subjectText)).toHaveLength(2);
  });

  test('detached: passes with the content, fails with another, is open without', async () => {
    const bytes = sign(signer, true);
    const verdict = (source?: Buffer) =>
      verifyCms({ bytes, content: source && bufferSource(source), trust, at: CMS_NOW });
    expect(await verdict(content)).toMatchObject({ indication: 'TOTAL_PASSED', content: null });
    expect(await verdict(Buffer.from('x'))).toMatchObject({
      indication: 'TOTAL_FAILED',
      subIndication: 'HASH_FAILURE',
    });
    expect(await verdict()).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'SIGNED_DATA_NOT_FOUND' });
  });

  test('the content that was given is verified, not the one in the message', async () => {
    const bytes = sign(signer, false);
    const other = bufferSource(Buffer.from('a file that nobody signed'));
    const verdict = await verifyCms({ bytes, content: other, trust, at: CMS_NOW });
    expect(verdict).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE', content: null });
  });

  test('a signer under no anchor leaves it open, an expired one too', async () => {
    const bytes = sign(stranger, false);
    expect(await verifyCms({ bytes, trust, at: CMS_NOW })).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    });
    const late = await verifyCms({ bytes: sign(signer, false), trust, at: new Date('2035-01-01T00:00:00Z') });
    expect(late.indication).toBe('INDETERMINATE');
  });

  test('of several signers the worst decides, and each is reported', async () => {
    const infos = (pairs: readonly KeyPairCertificate[], signed: Buffer) =>
      pairs.map((pair) =>
        craftSignerInfo(signed, { pair, attributes: Object.values(goodAttributes(signed, pair.certificate)) }),
      );
    const certificates = [signer.certificate.der, stranger.certificate.der];
    const message = (signerInfos: readonly Buffer[]) => craftSignedData({ content, signerInfos, certificates });
    const verdict = (bytes: Buffer) => verifyCms({ bytes, content: bufferSource(content), trust, at: CMS_NOW });

    const mixed = await verdict(message(infos([signer, stranger], content)));
    expect(mixed.indication).toBe('INDETERMINATE');
    expect(mixed.signers.map(({ indication }) => indication).sort()).toEqual(['INDETERMINATE', 'TOTAL_PASSED']);

    const broken = [...infos([signer], content), ...infos([signer], Buffer.from('another'))];
    const failed = await verdict(message(broken));
    expect(failed).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE' });
    expect(failed.signers).toHaveLength(2);
  });

  test('a CRL in the message counts', async () => {
    const entries = [{ serial: signer.certificate.serial, revokedAt: CMS_NOW }];
    const nextUpdate = new Date(CMS_NOW.getTime() + 86_400_000);
    const crl = issueCrl({ number: 1, thisUpdate: CMS_NOW, nextUpdate, revoked: entries }, ca);
    const signerInfos = [craftSignerInfo(content, { pair: signer, attributes: attributesOf(signer) })];
    const parts = { content, signerInfos, certificates: [signer.certificate.der] };
    const verdict = (crls: readonly Buffer[]) =>
      verifyCms({
        bytes: craftSignedData({ ...parts, crls }),
        content: bufferSource(content),
        trust: { ...trust, revocation: 'require' },
        at: new Date(CMS_NOW.getTime() + 60_000),
      });
    expect((await verdict([crl.der])).signers[0]?.path?.revocation.status).toBe('revoked');
    expect((await verdict([Buffer.from('3000', 'hex')])).indication).toBe('INDETERMINATE');
  });

  test('a large detached content is digested in pieces; a signature over it without attributes is refused', async () => {
    const large = patternSource(300 * 1024 * 1024);
    const bare = craftSignerInfo(content, { pair: signer, attributes: null });
    const bytes = craftSignedData({ content, signerInfos: [bare], certificates: [signer.certificate.der] });
    await expect(verifyCms({ bytes, content: large, trust, at: CMS_NOW })).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
    const medium = patternSource(3 * 1024 * 1024 + 5);
    const verdict = await verifyCms({ bytes: sign(signer, true), content: medium, trust, at: CMS_NOW });
    expect(verdict.subIndication).toBe('HASH_FAILURE');
    const signal = AbortSignal.abort();
    await expect(
      verifyCms({ bytes: sign(signer, true), content: medium, trust, at: CMS_NOW, signal }),
    ).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('a message without signers is no signature', async () => {
    const bytes = craftSignedData({ content, signerInfos: [], certificates: [signer.certificate.der] });
    await expect(verifyCms({ bytes, trust, at: CMS_NOW })).rejects.toMatchObject({ code: 'SIGNATURE_MISSING' });
  });
});
