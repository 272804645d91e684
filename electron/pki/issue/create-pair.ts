import type { KeyObject } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { KeyUsage } from '../extensions.ts';
import type { KeyPairCertificate } from '../identity.ts';
import { generateKeyPair, type KeyAlgorithm } from '../keys.ts';
import { OID } from '../oids.ts';
import { issueCertificate, issueSelfSigned } from './issue-certificate.ts';
import { encodeName, type SubjectName } from './subject-name.ts';
import { caExtension, extendedKeyUsageExtension, keyUsageExtension } from './write-extensions.ts';

const DAY = 24 * 3600_000;
/** Clocks of counterparts may run behind by so much. Milliseconds. */
const BACKDATE = 5 * 60_000;

export type Purpose =
  /** A person's signature. */
  | 'sign'
  /** An office's or a vault's mailbox. */
  | 'encrypt'
  /** Receipts and sync messages, signed unattended: no nonRepudiation, nobody's will stands behind it (protocol.md 1). */
  | 'receipt'
  | 'ca';

/** Days a certificate lives where nobody says otherwise. No forward secrecy: encryption keys live at most a year (threat-model.md). */
const DEFAULT_DAYS: Readonly<Record<Purpose, number>> = { sign: 3 * 365, encrypt: 365, receipt: 3 * 365, ca: 10 * 365 };

export interface PairRequest {
  readonly purpose: Purpose;
  readonly subject: SubjectName;
  readonly algorithm: KeyAlgorithm;
  readonly now: Date;
  readonly validDays?: number;
  /** Self-signed without it. Its end is the end of what it issues. */
  readonly issuer?: KeyPairCertificate;
  /** CAs only: how many CAs may follow. Default unbounded. */
  readonly pathLength?: number;
}

/**
 * A fresh key pair with its certificate. Without an issuer each certificate is signed by its own key, the encryption certificate too: signing
 * it with the signing key would need that one to be a CA, and a person's key that can issue certificates is worth more than the proof of
 * possession it gives. What ties the two together is the office card, signed and compared out of band.
 * @throws AppError USAGE, KEY_ALGORITHM_REFUSED
 */
export function createPair(request: PairRequest): KeyPairCertificate {
  if (request.algorithm === 'ed25519' && request.purpose === 'encrypt') {
    throw new AppError('KEY_ALGORITHM_REFUSED', { algorithm: 'ed25519', reason: 'does not encrypt' });
  }
  const { publicKey, privateKey } = generateKeyPair(request.algorithm);
  const template = {
    ...certificateProfile(request, publicKey),
    subject: encodeName(request.subject),
    publicKey,
  };
  const certificate =
    request.issuer === undefined ? issueSelfSigned(template, privateKey) : issueCertificate(template, request.issuer);
  return { certificate, key: privateKey };
}

/** Validity and extensions by purpose: also what an issuer puts into a certificate for a request of somebody else's key. */
export function certificateProfile(
  request: Pick<PairRequest, 'purpose' | 'now' | 'validDays' | 'issuer' | 'pathLength'>,
  publicKey: KeyObject,
): { readonly notBefore: Date; readonly notAfter: Date; readonly extensions: readonly Buffer[] } {
  const { purpose, now, issuer } = request;
  const days = request.validDays ?? DEFAULT_DAYS[purpose];
  if (!Number.isInteger(days) || days < 1 || days > 40 * 365) throw new AppError('USAGE', { field: 'validDays' });
  const start = now.getTime() - BACKDATE;
  const end = start + days * DAY;
  const usage = keyUsageExtension(keyUsages(purpose, publicKey));
  return {
    notBefore: new Date(start),
    notAfter: new Date(Math.min(end, issuer?.certificate.notAfter.getTime() ?? end)),
    extensions:
      purpose === 'ca'
        ? [caExtension(request.pathLength ?? null), usage]
        : [usage, extendedKeyUsageExtension([OID.emailProtection])],
  };
}

function keyUsages(purpose: Purpose, publicKey: KeyObject): readonly KeyUsage[] {
  switch (purpose) {
    case 'sign':
      return ['digitalSignature', 'nonRepudiation'];
    case 'receipt':
      return ['digitalSignature'];
    case 'encrypt':
      return publicKey.asymmetricKeyType === 'rsa' ? ['keyEncipherment'] : ['keyAgreement'];
    case 'ca':
      return ['keyCertSign', 'cRLSign'];
  }
}
