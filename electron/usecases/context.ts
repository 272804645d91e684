import { randomBytes } from 'node:crypto';
import type { Bytes, Sha256 } from '../../shared/model/brand.ts';
import { createFetcher } from '../network/create-fetcher.ts';
import type { Fetcher } from '../network/fetcher.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { Crl } from '../pki/crl.ts';
import type { OcspResponse } from '../pki/ocsp/parse-ocsp-response.ts';
import type { RevocationPolicy } from '../pki/path/path-types.ts';
import type { Vault } from '../vault/vault.ts';
import { createMailboxPool, type MailboxPool, type OpenMailbox } from './mailbox-pool.ts';
import { openMailbox } from './open-mailbox.ts';
import { createTokenDesk, type TokenDesk } from './tokens/token-desk.ts';
import { getTrustNetwork } from './trust/network-settings.ts';
import { findUpdateAddress } from './updates/update-settings.ts';

/** What every use case of an open vault needs. */
export interface OfficeContext {
  readonly vault: Vault;
  readonly now: () => Date;
  /** The mailboxes of this office's channels. */
  readonly mailboxes: MailboxPool;
  /** For certificates below a CA: `require` holds what nobody can say is not revoked. */
  readonly revocation: RevocationPolicy;
  /** Parsed certificates by digest: cards name the same ones again and again. */
  readonly certificates: Map<Sha256, Certificate>;
  /** Parsed revocation data by digest: a list of 50,000 entries is not read again for every message. */
  readonly revocations: Map<Sha256, Crl | OcspResponse>;
  /** Revocation data, timestamps and updates of the program from the network, as far as the office allows. */
  readonly fetch: Fetcher;
  /** Addresses that failed, with the time (milliseconds) until which they are left alone. */
  readonly outages: Map<string, number>;
  readonly random: (size: number) => Buffer;
  /** Bytes that downloads under way will still need, by the name of their file: two must not count on one free space. */
  readonly reservations: Map<string, Bytes>;
  /** Logins at tokens; closed with the office. */
  readonly tokens: TokenDesk;
  /** Set where a window waits for this loop: keys behind many rounds are opened in a thread, which a command would only wait for. */
  readonly threads?: true;
  /** Runs one task after the other: two must not choose the same place in a sequence. */
  readonly exclusively: <T>(task: () => Promise<T>) => Promise<T>;
}

export type ContextOptions = Partial<Pick<OfficeContext, 'revocation' | 'now' | 'fetch' | 'random' | 'tokens'>> & {
  readonly openMailbox?: OpenMailbox;
};

/** One per open vault. */
export function createContext(vault: Vault, options: ContextOptions = {}): OfficeContext {
  return {
    vault,
    now: options.now ?? vault.now,
    mailboxes: createMailboxPool(options.openMailbox ?? openMailbox),
    revocation: options.revocation ?? 'require',
    certificates: new Map(),
    revocations: new Map(),
    fetch:
      options.fetch ??
      createFetcher(() => ({ ...getTrustNetwork(vault.read), updates: findUpdateAddress(vault.read) })),
    outages: new Map(),
    random: options.random ?? randomBytes,
    reservations: new Map(),
    tokens: options.tokens ?? createTokenDesk(),
    exclusively: createQueue(),
  };
}

function createQueue(): OfficeContext['exclusively'] {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = last.then(task, task);
    // What one task threw is its caller's, not the next one's.
    last = run.catch(() => {});
    return run;
  };
}
