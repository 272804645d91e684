import { AppError, isAppError } from '../../../shared/errors.ts';
import type { Milliseconds } from '../../../shared/model/brand.ts';
import { type Certificate, parseCertificate } from '../certificate.ts';
import type { RemoteDecryptionKey, RemoteSigningKey } from '../remote-key.ts';
import { type StartChild, startTokenProcess, type TokenProcess } from './start-token-process.ts';
import type { TokenInfo } from './token-calls.ts';
import { tokenDecryptionKey, tokenSigningKey } from './token-keys.ts';

export type { TokenInfo } from './token-calls.ts';

export interface TokenModuleOptions {
  /** The vendor's library, an absolute path. */
  readonly module: string;
  /** For modules that take some, as NSS does. */
  readonly parameters?: string | null;
  readonly start?: StartChild;
  /** How long a call may take. Default a minute. */
  readonly patience?: Milliseconds;
}

export interface TokenCertificate {
  /** CKA_ID, hex: the key's too. */
  readonly id: string;
  readonly label: string;
  readonly certificate: Certificate;
}

/** A module in a process of its own, nobody logged in. */
export interface TokenModule {
  /** Tokens that are in a reader now. */
  listTokens(): Promise<TokenInfo[]>;
  /** Certificates of a token, as far as it shows them without a PIN. */
  listCertificates(token: TokenInfo): Promise<TokenCertificate[]>;
  /**
   * Opens one token. Until {@link TokenSession.close} this module is that session's.
   *
   * @param pin UTF-8; zeroed. Empty where it is typed at the reader
   * @throws AppError TOKEN_PIN_WRONG, TOKEN_PIN_LAST_TRY, TOKEN_PIN_LOCKED, TOKEN_UNINITIALISED, TOKEN_IN_USE, TOKEN_REMOVED, TOKEN_MODULE_FAILED
   */
  logIn(token: TokenInfo, pin: Buffer): Promise<TokenSession>;
  close(): void;
}

/** A token whose PIN was given. Its keys throw TOKEN_REMOVED, TOKEN_KEY_MISSING, TOKEN_CANNOT, TOKEN_PIN_NEEDED (after closing), TOKEN_MODULE_FAILED. */
export interface TokenSession {
  readonly token: TokenInfo;
  /** With those that show only after the PIN. */
  readonly certificates: readonly TokenCertificate[];
  signingKey(certificate: TokenCertificate): RemoteSigningKey;
  decryptionKey(certificate: TokenCertificate): RemoteDecryptionKey;
  close(): void;
}

/** @throws AppError TOKEN_MODULE_MISSING, TOKEN_MODULE_FAILED */
export async function openTokenModule(options: TokenModuleOptions): Promise<TokenModule> {
  const { module, parameters = null, start, patience } = options;
  const process = startTokenProcess(start, patience);
  try {
    await process.ask({ kind: 'open', module, parameters });
  } catch (error) {
    process.end();
    throw error;
  }
  return {
    listTokens: () => process.ask({ kind: 'list-tokens' }),
    listCertificates: (token) => listCertificates(process, token),
    logIn: (token, pin) => logIn(process, token, pin),
    close: () => process.end(),
  };
}

async function logIn(process: TokenProcess, token: TokenInfo, pin: Buffer): Promise<TokenSession> {
  try {
    await process.ask({ kind: 'log-in', slot: token.slot, pin });
  } finally {
    pin.fill(0);
  }
  const certificates = await listCertificates(process, token);
  return {
    token,
    certificates,
    signingKey: ({ id }) => tokenSigningKey(process, id),
    decryptionKey: ({ id, certificate }) => tokenDecryptionKey(process, id, certificate.publicKey),
    close: () => process.end(),
  };
}

/** What is no certificate by our reader is left out: a token may hold another system's. */
async function listCertificates(process: TokenProcess, { slot }: TokenInfo): Promise<TokenCertificate[]> {
  const objects = await process.ask({ kind: 'list-certificates', slot });
  return objects.flatMap(({ id, label, der }) => {
    const certificate = parseOrNull(der);
    return certificate === null ? [] : [{ id, label, certificate }];
  });
}

function parseOrNull(der: Buffer): Certificate | null {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** The token of that serial number. @throws AppError TOKEN_MISSING */
export async function findToken(module: TokenModule, wanted: (token: TokenInfo) => boolean): Promise<TokenInfo> {
  const found = (await module.listTokens()).find(wanted);
  if (found === undefined) throw new AppError('TOKEN_MISSING');
  return found;
}
