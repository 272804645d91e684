import type { CardPerson } from '../../shared/model/office-card.ts';
import { officeName } from '../pki/issue/create-identity.ts';
import { createPair } from '../pki/issue/create-pair.ts';
import { writePkcs12 } from '../pki/pkcs12/write-pkcs12.ts';
import type { OfficeContext } from './context.ts';
import { importIdentity } from './import-identity.ts';
import { getOwnVault } from './office/own-vault.ts';

export interface CreateTrialIdentity {
  /** Of the person. */
  readonly name: string;
  readonly passphrase: string;
  readonly acts: readonly string[];
  readonly algorithm: 'p256' | 'p384' | 'rsa3072';
  /** Of the key derivation; for tests. */
  readonly iterations?: number;
}

/** Makes a self-signed signing key for a person of this office: to be compared by fingerprint, and shown as unverified till then (protocol.md 1). */
export function createTrialIdentity(context: OfficeContext, request: CreateTrialIdentity): CardPerson {
  const { name, passphrase, acts, algorithm, iterations } = request;
  const { office } = getOwnVault(context.vault.read);
  const subject = officeName({
    name: office.name,
    officeType: office.type,
    uscc: office.id,
    region: office.region,
    person: name,
  });
  const pair = createPair({ purpose: 'sign', subject, algorithm, now: context.now() });
  const cost = iterations === undefined ? {} : { iterations };
  const p12 = writePkcs12({ entries: [pair], certificates: [], password: passphrase, ...cost });
  try {
    return importIdentity(context, { p12, password: passphrase, name, acts, ...cost });
  } finally {
    p12.fill(0);
  }
}
