import type { KeyObject } from 'node:crypto';
import type { Certificate } from './certificate.ts';

export interface KeyPairCertificate {
  readonly certificate: Certificate;
  readonly key: KeyObject;
}

/** What a person or an office acts with. One pair may serve both where its keyUsage allows. */
export interface Identity {
  readonly signing: KeyPairCertificate;
  readonly encryption: KeyPairCertificate;
  /** Issuers above both, nearest first; empty where they are self-signed. */
  readonly chain: readonly Certificate[];
}
