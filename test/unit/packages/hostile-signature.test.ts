import { sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { buildSignedData } from '../../../electron/packages/cms/build-signed-data.ts';
import { OID } from '../../../electron/packages/cms/oids.ts';
import { verifyContainer } from '../../../electron/packages/verify-container.ts';
import { context, objectIdentifier, octetString, sequence, setOf, tlv } from '../../../electron/pki/asn1/der-writer.ts';
import type { Identity } from '../../../electron/pki/identity.ts';
import type { SubIndication } from '../../../electron/pki/verdict.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { craftContainer, signManifest } from '../../fixtures/crafted-container.ts';
import {
  attributesOf,
  isAttribute,
  membersOf,
  rebuildSignature,
  signAttributes,
  signDirectly,
  takeApart,
} from '../../fixtures/crafted-signature.ts';
import { createMaterial, NOW } from '../../fixtures/package-material.ts';

/** The container is right; its signature is made by somebody who knows CMS. */
const { ca, firm, procuratorate, stranger } = createMaterial();
const recipients = [procuratorate.encryption.certificate, firm.encryption.certificate];
const trust = { anchors: [ca.certificate], crls: [], revocation: 'off' } as const;

function verdict(signature: (manifest: Buffer) => Buffer, signer: Identity = firm) {
  const container = craftContainer({ signer, recipients, signature });
  return verifyContainer({ container: bufferSource(container), trust, at: NOW, accept: 'profile' });
}

const without =
  (oid: string) =>
  (manifest: Buffer): Buffer =>
    signAttributes(signManifest(manifest, firm), (all) => all.filter((one) => !isAttribute(one, oid)), firm);

const replaceAttribute =
  (oid: string, value: (manifest: Buffer) => Buffer) =>
  (manifest: Buffer): Buffer =>
    signAttributes(
      signManifest(manifest, firm),
      (all) =>
        all.map((one) => (isAttribute(one, oid) ? sequence(objectIdentifier(oid), setOf(value(manifest))) : one)),
      firm,
    );

test('rebuilt without a change it passes, so that the others fail for their fault alone', async () => {
  expect(await verdict((manifest) => rebuildSignature(signManifest(manifest, firm), (parts) => parts))).toMatchObject({
    indication: 'TOTAL_PASSED',
  });
  expect(await verdict((manifest) => signAttributes(signManifest(manifest, firm), (all) => all, firm))).toMatchObject({
    indication: 'TOTAL_PASSED',
  });
});

describe('a signature', () => {
  const both = (manifest: Buffer): Buffer =>
    rebuildSignature(signManifest(manifest, firm), (parts) => ({
      ...parts,
      signerInfos: [...parts.signerInfos, ...takeApart(signManifest(manifest, procuratorate)).signerInfos],
    }));
  const attached = (manifest: Buffer): Buffer =>
    rebuildSignature(signManifest(manifest, firm), (parts) => ({
      ...parts,
      encapsulated: sequence(objectIdentifier(OID.data), context(0, octetString(manifest))),
    }));
  const ofAnotherManifest = (manifest: Buffer): Buffer =>
    signManifest(Buffer.from(manifest.toString().replace('documents/1', 'documents/9')), firm);
  const unsignedAttribute = (manifest: Buffer): Buffer =>
    rebuildSignature(signManifest(manifest, firm), (parts) => ({
      ...parts,
      signerInfos: parts.signerInfos.map((info) =>
        sequence(
          ...membersOf(info),
          tlv(0xa1, sequence(objectIdentifier(OID.signingCertificateV2), setOf(sequence(sequence())))),
        ),
      ),
    }));
  const otherValue = (manifest: Buffer): Buffer =>
    rebuildSignature(signManifest(manifest, firm), (parts) => ({
      ...parts,
      signerInfos: parts.signerInfos.map((info) =>
        sequence(...membersOf(info).slice(0, -1), octetString(sign('sha256', Buffer.from('x'), firm.signing.key))),
      ),
    }));
  const noSigner = (manifest: Buffer): Buffer =>
    rebuildSignature(signManifest(manifest, firm), (parts) => ({ ...parts, signerInfos: [] }));
  const pem = (manifest: Buffer): Buffer =>
    Buffer.from(
      `-----BEGIN CMS-----\n${signManifest(manifest, firm).toString('base64')}\n-----END CMS-----\n`,
      'latin1',
    );

  test.each<[string, (manifest: Buffer) => Buffer, ErrorCode, SubIndication]>([
    [
      'without signed attributes',
      (manifest) => signDirectly(signManifest(manifest, firm), manifest, firm),
      'SIGNATURE_MALFORMED',
      'FORMAT_FAILURE',
    ],
    ['by two signers', both, 'SIGNATURE_MALFORMED', 'FORMAT_FAILURE'],
    ['by nobody', noSigner, 'SIGNATURE_MISSING', 'FORMAT_FAILURE'],
    ['with the manifest attached', attached, 'SIGNATURE_MALFORMED', 'FORMAT_FAILURE'],
    ['that is no CMS', () => Buffer.from('signed'), 'SIGNATURE_MALFORMED', 'FORMAT_FAILURE'],
    ['in PEM', pem, 'SIGNATURE_MALFORMED', 'FORMAT_FAILURE'],
    [
      'with bytes behind it',
      (manifest) => Buffer.concat([signManifest(manifest, firm), Buffer.alloc(3)]),
      'SIGNATURE_MALFORMED',
      'FORMAT_FAILURE',
    ],
    [
      'that is cut',
      (manifest) => signManifest(manifest, firm).subarray(0, -40),
      'SIGNATURE_MALFORMED',
      'FORMAT_FAILURE',
    ],
    ['of another manifest', ofAnotherManifest, 'SIGNATURE_INVALID', 'HASH_FAILURE'],
    ['with another value', otherValue, 'SIGNATURE_INVALID', 'SIG_CRYPTO_FAILURE'],
    [
      'whose messageDigest is another',
      replaceAttribute(OID.messageDigest, () => octetString(Buffer.alloc(32))),
      'SIGNATURE_INVALID',
      'HASH_FAILURE',
    ],
    [
      'whose contentType is another',
      replaceAttribute(OID.contentType, () => objectIdentifier(OID.signedData)),
      'SIGNATURE_INVALID',
      'FORMAT_FAILURE',
    ],
    ['without contentType', without(OID.contentType), 'SIGNATURE_INVALID', 'FORMAT_FAILURE'],
    ['without messageDigest', without(OID.messageDigest), 'SIGNATURE_INVALID', 'FORMAT_FAILURE'],
    ['without CMSAlgorithmProtection', without(OID.cmsAlgorithmProtection), 'SIGNATURE_INVALID', 'FORMAT_FAILURE'],
    [
      'with signing-certificate among the unsigned attributes',
      unsignedAttribute,
      'SIGNATURE_INVALID',
      'FORMAT_FAILURE',
    ],
  ])('%s', async (_, signature, code, subIndication) => {
    expect(await verdict(signature)).toMatchObject({ indication: 'TOTAL_FAILED', code, subIndication });
  });

  test('that does not sign its certificate is never passed', async () => {
    const result = await verdict(without(OID.signingCertificateV2));
    expect(result.indication).not.toBe('TOTAL_PASSED');
    expect(result.code).toBe('SIGNATURE_INVALID');
  });
  test('that signs another certificate than it brings', async () => {
    const [info = Buffer.alloc(0)] = takeApart(signManifest(Buffer.from('x'), procuratorate)).signerInfos;
    const foreign = attributesOf(info).filter((one) => isAttribute(one, OID.signingCertificateV2));
    expect(foreign).toHaveLength(1);
    const swapped = (manifest: Buffer): Buffer =>
      signAttributes(
        signManifest(manifest, firm),
        (all) => [...all.filter((one) => !isAttribute(one, OID.signingCertificateV2)), ...foreign],
        firm,
      );
    expect(await verdict(swapped)).toMatchObject({ indication: 'TOTAL_FAILED', code: 'SIGNATURE_INVALID' });
  });
  test('by another certificate than the message names', async () => {
    const result = await verdict((manifest) => signManifest(manifest, stranger));
    expect(result).toMatchObject({ indication: 'TOTAL_FAILED', code: 'MESSAGE_SIGNER_MISMATCH' });
  });
  test('that states another digest than it used is refused, and SHA-1 too', async () => {
    const sha1 = sequence(objectIdentifier('1.3.14.3.2.26'));
    const lowered = (manifest: Buffer): Buffer =>
      rebuildSignature(signManifest(manifest, firm), (parts) => ({
        ...parts,
        signerInfos: parts.signerInfos.map((info) => sequence(...membersOf(info).with(2, sha1))),
      }));
    const result = await verdict(lowered);
    expect(result.indication).not.toBe('TOTAL_PASSED');
    expect(result.code).toMatch(/^SIGNATURE_(INVALID|ALGORITHM_REFUSED)$/);
  });
  test('of each algorithm of the profile passes', async () => {
    for (const signer of [firm, procuratorate, stranger]) {
      const signature = (manifest: Buffer): Buffer =>
        buildSignedData({ ...signer.signing, chain: signer.chain, content: manifest, detached: true, signingTime: NOW })
          .der;
      expect(await verdict(signature, signer)).toMatchObject({ indication: 'TOTAL_PASSED' });
    }
  });
});
