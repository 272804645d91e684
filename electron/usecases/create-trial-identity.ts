import type { CardPerson } from '../../shared/model/office-card.ts';
import { officeName } from '../pki/issue/create-identity.ts';
import type { OfficeContext } from './context.ts';
import { admitPrepared } from './import-identity.ts';
import { getOwnVault } from './office/own-vault.ts';
import { runInThread } from './threads/run-in-thread.ts';

export interface CreateTrialIdentity {
  /** Of the person. */
  readonly name: string;
  readonly passphrase: string;
  readonly acts: readonly string[];
  readonly algorithm: 'p256' | 'p384' | 'rsa3072';
}

/**
 * Makes a self-signed signing key for a person of this office: to be compared by fingerprint, and shown as unverified till then (protocol.md 1). Beside the loop:
 * an RSA key is looked for as long as luck has it.
 */
export async function createTrialIdentity(context: OfficeContext, request: CreateTrialIdentity): Promise<CardPerson> {
  const { name, passphrase, acts, algorithm } = request;
  const { office } = getOwnVault(context.vault.read);
  const subject = officeName({
    name: office.name,
    officeType: office.type,
    uscc: office.id,
    region: office.region,
    person: name,
  });
  const made = await runInThread('make-trial', { subject, algorithm, passphrase, now: context.now() });
  return admitPrepared(context, made, { name, acts });
}
