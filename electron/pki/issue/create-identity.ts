import { AppError } from '../../../shared/errors.ts';
import { isRegionCode, isUscc } from '../../../shared/model/identifiers.ts';
import type { OfficeType } from '../../../shared/model/office-card.ts';
import type { Certificate } from '../certificate.ts';
import type { Identity, KeyPairCertificate } from '../identity.ts';
import { createPair, type PairRequest } from './create-pair.ts';
import { findProvince } from './province-names.ts';
import type { SubjectName } from './subject-name.ts';

export interface OfficeSubject {
  /** Of the office. */
  readonly name: string;
  readonly officeType: OfficeType;
  /** 统一社会信用代码. */
  readonly uscc: string;
  /** 行政区划代码, six digits. */
  readonly region: string;
  /** Whose certificate it is; the office itself where absent. */
  readonly person?: string;
}

export interface Issuer extends KeyPairCertificate {
  /** Certificates above the issuer's own. */
  readonly chain: readonly Certificate[];
}

export interface IdentityRequest extends OfficeSubject {
  readonly algorithm: 'p256' | 'p384' | 'p521' | 'rsa3072';
  /** Without it: a trial identity, each of the two certificates self-signed, to be compared by fingerprint. */
  readonly issuer?: Issuer;
  readonly now: Date;
  /** Of both certificates; the encryption certificate still lives at most a year. */
  readonly validDays?: number;
}

const MAX_ENCRYPTION_DAYS = 365;

/** Signing and encryption pairs of one subject. @throws AppError IDENTIFIER_INVALID, USAGE */
export function createIdentity(request: IdentityRequest): Identity {
  const { algorithm, issuer, now, validDays } = request;
  const common: Omit<PairRequest, 'purpose'> = {
    subject: officeName(request),
    algorithm,
    now,
    ...(issuer === undefined ? {} : { issuer }),
  };
  const days = (limit: number) => (validDays === undefined ? {} : { validDays: Math.min(validDays, limit) });
  return {
    signing: createPair({ ...common, ...days(Number.POSITIVE_INFINITY), purpose: 'sign' }),
    encryption: createPair({ ...common, ...days(MAX_ENCRYPTION_DAYS), purpose: 'encrypt' }),
    chain: issuer === undefined ? [] : [issuer.certificate, ...issuer.chain],
  };
}

/** The pair that signs receipts of one vault; `label` tells the vaults of an office apart. @throws AppError IDENTIFIER_INVALID, USAGE */
export function createReceiptKey(
  request: Omit<IdentityRequest, 'person'> & { readonly label: string },
): KeyPairCertificate {
  const { algorithm, issuer, now, validDays, label } = request;
  return createPair({
    purpose: 'receipt',
    subject: { ...officeName(request), commonName: label },
    algorithm,
    now,
    ...(issuer === undefined ? {} : { issuer }),
    ...(validDays === undefined ? {} : { validDays }),
  });
}

/** The name that stands in an office's certificates. */
export function officeName({ name, officeType, uscc, region, person }: OfficeSubject): SubjectName {
  if (!isUscc(uscc)) throw new AppError('IDENTIFIER_INVALID', { field: 'uscc' });
  const province = isRegionCode(region) ? findProvince(region) : null;
  if (province === null) throw new AppError('IDENTIFIER_INVALID', { field: 'region' });
  return {
    countryName: 'CN',
    stateOrProvinceName: province,
    organizationName: name,
    businessCategory: officeType,
    organizationIdentifier: `NTRCN-${uscc}`,
    commonName: person ?? name,
  };
}
