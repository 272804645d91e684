import { hash } from 'node:crypto';
import { OID } from '../../../electron/packages/cms/oids.ts';
import { bufferContent } from '../../../electron/packages/cms/signed-content.ts';
import { parseTimestampResponse } from '../../../electron/packages/timestamp/parse-timestamp.ts';
import { verifyTimestamp } from '../../../electron/packages/timestamp/verify-timestamp.ts';
import { nullValue } from '../../../electron/pki/asn1/der-writer.ts';
import { extendedKeyUsageExtension, extension } from '../../../electron/pki/issue/write-extensions.ts';
import { parseOcspResponse } from '../../../electron/pki/ocsp/parse-ocsp-response.ts';
import { validatePath } from '../../../electron/pki/path/validate-path.ts';
import { craftOcspDer } from '../../fixtures/craft-ocsp-response.ts';
import { craftResponse, craftToken, makeTsa } from '../../fixtures/craft-timestamp.ts';
import { createMaterial, NOW } from '../../fixtures/package-material.ts';
import { daysFrom, makeLeaf } from '../../fixtures/pki-material.ts';
import { mutateDer } from '../mutate/der.ts';
import { type Target, Violation } from '../target.ts';

const life = { notBefore: daysFrom(-10, NOW), notAfter: daysFrom(10, NOW) };

/** Answers that revoke the leaf or do not know it: no change to them may make the leaf good. */
export async function ocsp(): Promise<Target> {
  const { ca, firm } = createMaterial();
  const leaf = firm.signing.certificate;
  const noCheck = extension('1.3.6.1.5.5.7.48.1.5', false, nullValue());
  const extensions = [extendedKeyUsageExtension([OID.ocspSigning]), noCheck];
  const delegate = makeLeaf('delegate', { ...life, issuer: ca, extensions });
  const times = { thisUpdate: daysFrom(-1, NOW), nextUpdate: daysFrom(1, NOW) };
  const statuses = [{ revokedAt: daysFrom(-2, NOW), reason: 1 }, 'unknown'] as const;
  return {
    seeds: [ca, delegate].flatMap((signer) =>
      statuses.map((status) =>
        craftOcspDer({
          answers: [{ certificate: leaf, issuer: ca.certificate, status, ...times }],
          signer,
          producedAt: times.thisUpdate,
          certificates: [delegate.certificate],
        }),
      ),
    ),
    mutate: mutateDer,
    run: async (input) => {
      const { indication, revocation } = validatePath({
        leaf,
        untrusted: [],
        anchors: [ca.certificate],
        crls: [],
        ocsps: [parseOcspResponse(input)],
        at: NOW,
        usage: 'sign',
        revocation: 'require',
      });
      if (indication === 'TOTAL_PASSED') throw new Violation('a certificate that nobody calls good was believed');
      return revocation.source === null ? 'refused' : 'accepted';
    },
  };
}

/** The answer of a TSA: no change to it may prove another time, or be by another authority. */
export async function timestamp(): Promise<Target> {
  const { ca } = createMaterial();
  const tsa = makeTsa(ca, life);
  const content = Buffer.from('what was stamped');
  const genTime = daysFrom(-1, NOW);
  const recipe = { digest: hash('sha256', content, 'buffer'), genTime, accuracy: { seconds: 1, millis: 5 } };
  const trust = { anchors: [ca.certificate], crls: [], revocation: 'off' } as const;
  return {
    seeds: [craftResponse({ status: 0, text: 'ok', token: craftToken({ ...recipe, signer: tsa }) })],
    mutate: mutateDer,
    run: async (input) => {
      const { token } = parseTimestampResponse(input);
      if (token === null) return 'refused';
      const { indication, certificate } = verifyTimestamp({ token, content: bufferContent(content), trust, at: NOW });
      if (indication !== 'TOTAL_PASSED') return 'refused';
      if (token.info.genTime.getTime() !== genTime.getTime()) throw new Violation('another time was believed');
      if (certificate?.sha256 !== tsa.certificate.sha256) throw new Violation('another authority was believed');
      return 'accepted';
    },
  };
}
