import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bufferSource } from '../../../../electron/files/bytes.ts';
import { OID } from '../../../../electron/packages/cms/oids.ts';
import { parseSignedData } from '../../../../electron/packages/cms/parse-signed-data.ts';
import { verifyCms } from '../../../../electron/packages/cms/verify-cms.ts';
import { addSignatureTimestamp } from '../../../../electron/packages/timestamp/add-signature-timestamp.ts';
import {
  type ContainerVerdict,
  type VerifyInput,
  verifyContainer,
} from '../../../../electron/packages/verify-container.ts';
import { nullValue } from '../../../../electron/pki/asn1/der-writer.ts';
import { createCa } from '../../../../electron/pki/issue/create-ca.ts';
import { issueCrl, type Revocation, type RevocationReason } from '../../../../electron/pki/issue/issue-crl.ts';
import { craftToken, makeTsa } from '../../../fixtures/craft-timestamp.ts';
import { craftContainer, signManifest } from '../../../fixtures/crafted-container.ts';
import { createMaterial, NOW } from '../../../fixtures/package-material.ts';
import { daysFrom } from '../../../fixtures/pki-material.ts';

const { ca, firm, procuratorate } = createMaterial();
const life = { notBefore: daysFrom(-10, NOW), notAfter: daysFrom(5 * 365, NOW) };
const tsa = makeTsa(ca, life);
const strangeTsa = makeTsa(createCa({ name: '别的根', algorithm: 'p256', now: daysFrom(-20, NOW) }), life);
const day = (days: number): Date => daysFrom(days, NOW);

interface Stamp {
  readonly days: number;
  readonly signer?: typeof tsa;
  /** What is stamped in place of the signature. */
  readonly over?: Buffer;
}

/** The same container as CAdES-B, or with tokens as CAdES-T. */
function container(stamps: readonly Stamp[], raw: readonly Buffer[] = []): Buffer {
  return craftContainer({
    signer: firm,
    recipients: [procuratorate.encryption.certificate, firm.encryption.certificate],
    signature: (manifest) => {
      const signed = signManifest(manifest, firm);
      const signature = parseSignedData(signed).signerInfos[0]?.signature ?? Buffer.alloc(0);
      const tokens = stamps.map(({ days, signer = tsa, over = signature }) =>
        craftToken({ digest: hash('sha256', over, 'buffer'), genTime: day(days), signer }),
      );
      return [...tokens, ...raw].reduce(addSignatureTimestamp, signed);
    },
  });
}

function list(days: number, revoked: readonly Revocation[] = []) {
  return issueCrl({ thisUpdate: day(days), nextUpdate: day(days + 7), number: days + 1000, revoked }, ca);
}

const entry = (days: number, reason: RevocationReason = 1): Revocation => ({
  serial: firm.signing.certificate.serial,
  revokedAt: day(days),
  reason,
});

function verify(bytes: Buffer, change: Partial<VerifyInput> & { readonly crls?: ReturnType<typeof list>[] } = {}) {
  const { crls = [list(29, [entry(10)])], ...rest } = change;
  const trust = { anchors: [ca.certificate], crls, revocation: 'require' as const };
  return verifyContainer({ container: bufferSource(bytes), trust, at: day(30), accept: 'profile', ...rest });
}

const timestampOf = ({ report }: ContainerVerdict): string | null | undefined => report.signers[0]?.timestamp;
const lines = ({ report }: ContainerVerdict) => report.checks.filter(({ id }) => id === 'signature-timestamp');

describe('a certificate that was revoked after the signature', () => {
  test('fails although a timestamp proves the order, or passes although nothing does', async () => {
    expect(await verify(container([]))).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'REVOKED_NO_POE' });
    const stamped = await verify(container([{ days: 1 }]));
    expect(stamped).toMatchObject({ indication: 'TOTAL_PASSED', subIndication: null, code: null });
    expect(timestampOf(stamped)).toBe(day(1).toISOString());
  });

  test('passes although the timestamp came later', async () => {
    const verdict = await verify(container([{ days: 11 }]));
    expect([verdict.subIndication, timestampOf(verdict)]).toEqual(['REVOKED_NO_POE', day(11).toISOString()]);
  });

  test.each<[string, Stamp]>([
    ['over something else', { days: 1, over: Buffer.from('another signature') }],
    ['of an authority without trust', { days: 1, signer: strangeTsa }],
    ['from the future', { days: 31 }],
    ['from before its authority was certified', { days: -11 }],
  ])('passes by a timestamp %s', async (_, stamp) => {
    const verdict = await verify(container([stamp]));
    expect([verdict.subIndication, timestampOf(verdict)]).toEqual(['REVOKED_NO_POE', null]);
    expect(lines(verdict)).toMatchObject([{ detail: expect.stringContaining('does not count') }]);
  });

  test('fails although one of several timestamps holds, or a later one counts', async () => {
    const bad = { days: 1, signer: strangeTsa };
    const verdict = await verify(container([bad, { days: 20 }, { days: 2 }, { days: 3 }]));
    expect([verdict.indication, timestampOf(verdict)]).toEqual(['TOTAL_PASSED', day(2).toISOString()]);
  });

  test('passes although its key was in other hands before', async () => {
    const crls = [list(29, [entry(0.5)])];
    expect((await verify(container([{ days: 1 }]), { crls })).subIndication).toBe('REVOKED_NO_POE');
  });
});

describe('a certificate that has expired since', () => {
  const at = day(4 * 365);
  const crls = [list(0), list(4 * 365 - 1)];

  test('fails although a timestamp proves the order, or passes although nothing does', async () => {
    expect((await verify(container([]), { at, crls })).subIndication).toBe('OUT_OF_BOUNDS_NO_POE');
    expect((await verify(container([{ days: 1 }]), { at, crls })).indication).toBe('TOTAL_PASSED');
  });

  test('passes without a list from its lifetime', async () => {
    const late = [list(4 * 365 - 1)];
    expect((await verify(container([{ days: 1 }]), { at, crls: late })).subIndication).toBe('TRY_LATER');
  });

  test('passes although the authority has expired as well', async () => {
    const verdict = await verify(container([{ days: 1 }]), { at: day(6 * 365), crls: [list(0), list(6 * 365 - 1)] });
    expect([verdict.subIndication, timestampOf(verdict)]).toEqual(['OUT_OF_BOUNDS_NO_POE', null]);
  });
});

describe('a signature that was there before its certificate', () => {
  const crls = [list(29)];
  const dayBefore = (firm.signing.certificate.notBefore.getTime() - NOW.getTime()) / (24 * 3600_000) - 1;
  const oldTsa = makeTsa(ca, { ...life, notBefore: day(dayBefore - 1) });

  test('passes once its certificate is valid, or at another time than the first verifier’s', async () => {
    const early = container([{ days: dayBefore, signer: oldTsa }]);
    for (const at of [day(dayBefore + 0.5), day(30)]) {
      expect(await verify(early, { crls, at })).toMatchObject({
        indication: 'TOTAL_FAILED',
        subIndication: 'NOT_YET_VALID',
      });
    }
  });
  test('fails although only the clocks differ', async () => {
    const nearly = container([{ days: dayBefore + 1 - 4 / (24 * 60), signer: oldTsa }]);
    expect((await verify(nearly, { crls })).indication).toBe('TOTAL_PASSED');
  });
});

describe('a signature that is good anyway', () => {
  const crls = [list(29)];

  test('is harmed by what is no timestamp', async () => {
    const verdict = await verify(container([], [nullValue()]), { crls });
    expect([verdict.indication, timestampOf(verdict)]).toEqual(['TOTAL_PASSED', null]);
    expect(lines(verdict)).toMatchObject([{ ok: false, detail: expect.stringContaining('TIMESTAMP_MALFORMED') }]);
  });

  test('is harmed by a timestamp, or binding does not look at its time', async () => {
    const times: Date[] = [];
    const binding: VerifyInput['binding'] = (_, __, at) => {
      times.push(at);
      return { ok: true };
    };
    expect((await verify(container([{ days: 1 }]), { crls, binding })).indication).toBe('TOTAL_PASSED');
    expect((await verify(container([]), { crls, binding })).indication).toBe('TOTAL_PASSED');
    expect(times).toEqual([day(1), day(30)]);
  });

  test('makes a verifier look at any number of timestamps', async () => {
    const verdict = await verify(
      container(
        [],
        Array.from({ length: 40 }, () => nullValue()),
      ),
      { crls },
    );
    expect(verdict.indication).toBe('TOTAL_PASSED');
    expect(lines(verdict)).toHaveLength(17);
  });
});

test('SignedData outside a container is judged otherwise', async () => {
  const manifest = Buffer.from('manifest');
  const signed = signManifest(manifest, firm);
  const signature = parseSignedData(signed).signerInfos[0]?.signature ?? Buffer.alloc(0);
  const token = craftToken({ digest: hash('sha256', signature, 'buffer'), genTime: day(1), signer: tsa });
  const trust = { anchors: [ca.certificate], crls: [list(29, [entry(10)])], revocation: 'require' as const };
  const judge = (bytes: Buffer) => verifyCms({ bytes, content: bufferSource(manifest), trust, at: day(30) });
  expect((await judge(signed)).signers).toMatchObject([{ subIndication: 'REVOKED_NO_POE', provenAt: null }]);
  expect((await judge(addSignatureTimestamp(signed, token))).signers).toMatchObject([
    { indication: 'TOTAL_PASSED', provenAt: day(1) },
  ]);
});

test('adding a timestamp changes what was signed, or loses an earlier one', () => {
  const signed = signManifest(Buffer.from('manifest'), firm);
  const twice = addSignatureTimestamp(addSignatureTimestamp(signed, nullValue()), nullValue());
  const [before] = parseSignedData(signed).signerInfos;
  const [after] = parseSignedData(twice).signerInfos;
  expect(after?.signature).toEqual(before?.signature);
  expect(after?.signedAttrs).toEqual(before?.signedAttrs);
  expect(after?.unsignedAttrs.map(({ type }) => type)).toEqual([
    OID.signatureTimeStampToken,
    OID.signatureTimeStampToken,
  ]);
});
