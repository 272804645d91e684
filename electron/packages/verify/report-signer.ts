import type { SignerReport } from '../../../shared/model/verification-report.ts';
import type { PathVerdict } from '../../pki/path/path-types.ts';
import type { Indication, SubIndication } from '../../pki/verdict.ts';
import type { SignatureCheck } from '../cms/verify-signer-info.ts';
import type { ProvenTime } from '../timestamp/signature-timestamps.ts';

export interface JudgedSigner {
  readonly signature: SignatureCheck;
  readonly proven: Pick<ProvenTime, 'provenAt' | 'authority'>;
  /** Null where there was no certificate to look at. */
  readonly path: PathVerdict | null;
  /** Of the signature and its path together. */
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
}

/** One signer as reports show it. */
export function reportSigner({ signature, proven, path, indication, subIndication }: JudgedSigner): SignerReport {
  const { certificate, digestAlgorithm, signatureAlgorithm, signingTime } = signature;
  return {
    subject: certificate?.subjectText ?? null,
    serial: certificate?.serial.toString('hex') ?? null,
    certificate: certificate?.sha256 ?? null,
    validity:
      certificate === null
        ? null
        : { notBefore: certificate.notBefore.toISOString(), notAfter: certificate.notAfter.toISOString() },
    algorithm: `${digestAlgorithm}, ${signatureAlgorithm}`,
    signingTime: signingTime?.toISOString() ?? null,
    timestamp: proven.provenAt?.toISOString() ?? null,
    timestampAuthority: proven.authority,
    path: path?.path.map(({ subjectText }) => subjectText) ?? [],
    revocation: {
      status: path?.revocation.status ?? 'not-checked',
      source: path?.revocation.source ?? null,
      asOf: path?.revocation.asOf?.toISOString() ?? null,
      revokedAt: path?.revocation.revokedAt?.toISOString() ?? null,
      reason: path?.revocation.reason ?? null,
    },
    indication,
    subIndication,
  };
}
