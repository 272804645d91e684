import { context, integer, sequence, time, tlv } from '../asn1/der-writer.ts';
import { type Crl, parseCrl } from '../crl.ts';
import type { KeyPairCertificate } from '../identity.ts';
import { OID } from '../oids.ts';
import { signatureAlgorithmFor, signatureIdentifier } from '../signature-algorithm.ts';
import { signStructure } from './issue-certificate.ts';
import { authorityKeyIdExtension, extension } from './write-extensions.ts';

/** CRLReason (RFC 5280, 5.3.1) by its number. */
export type RevocationReason = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 8 | 9 | 10;

export interface Revocation {
  /** As in `Certificate.serial`. */
  readonly serial: Buffer;
  readonly revokedAt: Date;
  /** Left out where 0, unspecified. */
  readonly reason?: RevocationReason;
}

export interface CrlTemplate {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Grows with every list of one issuer. */
  readonly number: number;
  readonly revoked: readonly Revocation[];
  /** Whole DER extensions beside authorityKeyIdentifier and cRLNumber. */
  readonly extensions?: readonly Buffer[];
}

/** A version 2 CRL, complete unless its extensions say otherwise. */
export function issueCrl(template: CrlTemplate, issuer: KeyPairCertificate): Crl {
  const algorithm = signatureAlgorithmFor(issuer.key);
  const extensions = [
    authorityKeyIdExtension(issuer.certificate.subjectKeyId),
    extension(OID.cRLNumber, false, integer(template.number)),
    ...(template.extensions ?? []),
  ];
  const tbs = sequence(
    integer(1),
    signatureIdentifier(algorithm),
    issuer.certificate.subject,
    time(template.thisUpdate),
    time(template.nextUpdate),
    // absent where empty (5.1.2.6)
    ...(template.revoked.length === 0 ? [] : [sequence(...template.revoked.map(encodeEntry))]),
    context(0, sequence(...extensions)),
  );
  return parseCrl(signStructure(tbs, algorithm, issuer.key));
}

function encodeEntry({ serial, revokedAt, reason }: Revocation): Buffer {
  const extensions =
    reason === undefined || reason === 0
      ? []
      : [sequence(extension(OID.reasonCode, false, tlv(0x0a, Buffer.from([reason]))))];
  return sequence(tlv(0x02, serial), time(revokedAt), ...extensions);
}
