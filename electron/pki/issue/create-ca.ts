import type { KeyPairCertificate } from '../identity.ts';
import type { KeyAlgorithm } from '../keys.ts';
import { createPair } from './create-pair.ts';

export interface CaRequest {
  readonly name: string;
  readonly algorithm: KeyAlgorithm;
  readonly now: Date;
  /** Default ten years. */
  readonly validDays?: number;
  /** A root without it. */
  readonly issuer?: KeyPairCertificate;
  /** How many CAs may follow. Default unbounded. */
  readonly pathLength?: number;
}

/** A certification authority for demonstrations, tests and small closed groups; its key is as safe as the file it lies in. */
export function createCa({ name, ...rest }: CaRequest): KeyPairCertificate {
  return createPair({
    ...rest,
    purpose: 'ca',
    subject: { countryName: 'CN', organizationName: name, commonName: name },
  });
}
