import { bufferSource } from '../../../electron/files/bytes.ts';
import { buildSignedData } from '../../../electron/packages/cms/build-signed-data.ts';
import { verifyCms } from '../../../electron/packages/cms/verify-cms.ts';
import { parseCertificate } from '../../../electron/pki/certificate.ts';
import { parseCrl } from '../../../electron/pki/crl.ts';
import { issueCrl } from '../../../electron/pki/issue/issue-crl.ts';
import { validatePath } from '../../../electron/pki/path/validate-path.ts';
import { readPkcs12 } from '../../../electron/pki/pkcs12/read-pkcs12.ts';
import { writePkcs12 } from '../../../electron/pki/pkcs12/write-pkcs12.ts';
import { createMaterial, NOW } from '../../fixtures/package-material.ts';
import { mutateDer } from '../mutate/der.ts';
import { type Target, Violation } from '../target.ts';

const CONTENT = Buffer.from('what was signed');

/** SignedData, attached and detached, by P-256, P-384 and RSA. */
export async function signedData(): Promise<Target> {
  const { ca, firm, procuratorate, stranger } = createMaterial();
  const signers = [firm, procuratorate, stranger].map(({ signing }) => signing);
  const known = new Set<string>(signers.map(({ certificate }) => certificate.sha256));
  const trust = { anchors: [ca.certificate], revocation: 'off' } as const;
  return {
    seeds: signers.flatMap(({ certificate, key }) =>
      [true, false].map(
        (detached) =>
          buildSignedData({ content: CONTENT, detached, certificate, key, chain: [ca.certificate], signingTime: NOW })
            .der,
      ),
    ),
    mutate: mutateDer,
    run: async (input) => {
      // As it is, and as a signature over the content beside it
      let verdict = await verifyCms({ bytes: input, trust, at: NOW });
      if (verdict.indication !== 'TOTAL_PASSED') {
        verdict = await verifyCms({ bytes: input, content: bufferSource(CONTENT), trust, at: NOW });
      }
      if (verdict.indication !== 'TOTAL_PASSED') return 'refused';
      if (verdict.content !== null && !verdict.content.equals(CONTENT))
        throw new Violation('other content was believed');
      const strange = verdict.signers.some(({ signature }) => !known.has(signature.certificate?.sha256 ?? ''));
      if (strange) throw new Violation('another signer was believed');
      return 'accepted';
    },
  };
}

export async function certificate(): Promise<Target> {
  const { ca, firm, procuratorate, stranger } = createMaterial();
  const good = [firm, procuratorate, stranger].flatMap(({ signing, encryption }) => [
    signing.certificate.der,
    encryption.certificate.der,
  ]);
  return {
    seeds: [...good, ca.certificate.der],
    mutate: mutateDer,
    run: async (input) => {
      const leaf = parseCertificate(input);
      const verdict = validatePath({
        leaf,
        untrusted: [],
        anchors: [ca.certificate],
        crls: [],
        at: NOW,
        usage: 'any',
        revocation: 'off',
      });
      const known = [...good, ca.certificate.der].some((der) => der.equals(input));
      if (verdict.indication === 'TOTAL_PASSED' && !known)
        throw new Violation('a certificate that nobody issued was believed');
      return verdict.indication === 'TOTAL_PASSED' ? 'accepted' : 'refused';
    },
  };
}

/** A CRL that revokes the leaf: no change to it may make the leaf good. */
export async function crl(): Promise<Target> {
  const { ca, firm } = createMaterial();
  const leaf = firm.signing.certificate;
  const revoked = [{ serial: leaf.serial, revokedAt: new Date(NOW.getTime() - 86_400_000), reason: 1 as const }];
  const thisUpdate = new Date(NOW.getTime() - 3600_000);
  const nextUpdate = new Date(NOW.getTime() + 86_400_000);
  return {
    seeds: [issueCrl({ thisUpdate, nextUpdate, number: 1, revoked }, ca).der],
    mutate: mutateDer,
    run: async (input) => {
      const crls = [parseCrl(input)];
      const anchors = [ca.certificate];
      const verdict = validatePath({
        leaf,
        untrusted: [],
        anchors,
        crls,
        at: NOW,
        usage: 'sign',
        revocation: 'require',
      });
      if (verdict.indication === 'TOTAL_PASSED') throw new Violation('a revoked certificate was believed');
      return verdict.revocation.status === 'revoked' ? 'accepted' : 'refused';
    },
  };
}

export async function pkcs12(): Promise<Target> {
  const { ca, firm, stranger } = createMaterial();
  const password = '密码';
  const write = ({ signing, encryption }: typeof firm) =>
    writePkcs12({
      entries: [
        { ...signing, friendlyName: '签名' },
        { ...encryption, friendlyName: '加密' },
      ],
      certificates: [ca.certificate],
      password,
      iterations: 2,
    });
  return {
    seeds: [write(firm), write(stranger)],
    mutate: mutateDer,
    run: async (input) => (readPkcs12(input, password) === null ? 'refused' : 'accepted'),
  };
}
