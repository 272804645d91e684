import type { CardPerson } from '../../shared/model/office-card.ts';
import { parseCertificate } from '../pki/certificate.ts';
import type { OfficeContext } from './context.ts';
import { admitPerson, type PersonOptions } from './office/admit-person.ts';
import { prepareIdentity } from './prepare-identity.ts';
import { runInThread } from './threads/run-in-thread.ts';
import type { PreparedIdentity, ThreadTasks } from './threads/thread-messages.ts';

export interface ImportIdentity extends PersonOptions {
  readonly p12: Buffer;
  /** Of the file. */
  readonly password: string;
  /** Under which the person will sign; the file's password where absent. */
  readonly passphrase?: string;
  /** Of the key derivation; for tests. */
  readonly iterations?: number;
}

/**
 * Takes a person's signing key in, as a PKCS#12 of its own under that person's passphrase: no key of the vault opens it. The person may sign once a card lists
 * them.
 *
 * @throws AppError P12_MALFORMED, P12_PASSWORD_WRONG, P12_ALGORITHM_REFUSED, KEY_MISSING, IDENTIFIER_INVALID where the certificate is another office's
 */
export function importIdentity(context: OfficeContext, options: ImportIdentity): CardPerson {
  return admitPrepared(context, prepareIdentity(asksOf(options)), options);
}

/** The same beside the loop that a window waits for: the rounds of the file and of ours take seconds. @throws AppError as {@link importIdentity} */
export async function importIdentityInThread(context: OfficeContext, options: ImportIdentity): Promise<CardPerson> {
  return admitPrepared(context, await runInThread('prepare-identity', asksOf(options)), options);
}

const asksOf = ({
  p12,
  password,
  passphrase,
  iterations,
}: ImportIdentity): ThreadTasks['prepare-identity']['asks'] => ({
  p12,
  password,
  passphrase: passphrase ?? null,
  iterations: iterations ?? null,
});

export function admitPrepared(
  context: OfficeContext,
  { certificate, chain, p12 }: PreparedIdentity,
  options: PersonOptions,
): CardPerson {
  const key = {
    certificate: parseCertificate(Buffer.from(certificate)),
    chain: chain.map((der) => parseCertificate(Buffer.from(der))),
    p12: Buffer.from(p12),
    token: null,
  };
  return admitPerson(context, key, options);
}
