import { AppError, ERROR_KINDS, isAppError } from '../../../shared/errors.ts';
import type { RecipientKey } from '../../packages/cms/unwrap-content-key.ts';
import { parseCertificate } from '../../pki/certificate.ts';
import type { RemoteDecryptionKey } from '../../pki/remote-key.ts';
import { listVaultKeysOnTokens, type VaultKeyRow } from '../../vault/repositories/keys.ts';
import type { OfficeContext } from '../context.ts';
import { listRecipientKeys } from '../office/own-vault.ts';
import { openTokenKey } from './open-token-key.ts';

type TokenRow = VaultKeyRow & { readonly token: NonNullable<VaultKeyRow['token']> };

function listTokenRows({ vault }: OfficeContext): TokenRow[] {
  return listVaultKeysOnTokens(vault.read, 'encryption').filter((row): row is TokenRow => row.token !== null);
}

/** Every key that packages may have been sealed for, retired ones and those on tokens too. Of the latter only the header is read while nobody gave the PIN. */
export function readingKeys(context: OfficeContext): RecipientKey[] {
  const remote = listTokenRows(context).map((row) => ({
    certificate: parseCertificate(row.certificate),
    key: readerKey(context, row),
  }));
  return [...listRecipientKeys(context.vault.read), ...remote];
}

/** Looks for the reader when it is asked, not before: what waits for a PIN is no error until something must be opened. */
function readerKey({ tokens }: OfficeContext, { certificateSha256, token }: TokenRow): RemoteDecryptionKey {
  const key = (): RemoteDecryptionKey => {
    const session = tokens.reader();
    const entry = session?.certificates.find(
      ({ id, certificate }) => id === token.key && certificate.sha256 === certificateSha256,
    );
    if (session == null || entry === undefined) throw new AppError('TOKEN_PIN_NEEDED');
    return session.decryptionKey(entry);
  };
  const guarded = async <T>(task: () => Promise<T>): Promise<T> => {
    try {
      return await task();
    } catch (error) {
      // Its login is gone; the next PIN opens a new one
      if (isAppError(error) && DEAD.has(error.code)) tokens.setReader(null);
      throw error;
    }
  };
  return {
    decryptOaep: (ciphertext) => guarded(() => key().decryptOaep(ciphertext)),
    agree: (point) => guarded(() => key().agree(point)),
  };
}

/** Reading waits until somebody brings the token and its PIN; nothing is wrong with what is to be read. */
export function isTokenAway(error: unknown): error is AppError {
  return isAppError(error) && error.code.startsWith('TOKEN_') && ERROR_KINDS[error.code] === 'environment';
}

const DEAD: ReadonlySet<string> = new Set(['TOKEN_REMOVED', 'TOKEN_MODULE_FAILED']);

export const needsReadingPin = (context: OfficeContext): boolean =>
  context.tokens.reader() === null && listTokenRows(context).length > 0;

/**
 * Opens the token that reads what comes in. It stays open until the office is locked or closed: unlike a signature, reading commits nobody.
 *
 * @param pin UTF-8; zeroed
 * @throws AppError TOKEN_…, KEY_MISSING where no key of this vault lies on a token
 */
export async function unlockReading(context: OfficeContext, pin: Buffer): Promise<void> {
  const rows = listTokenRows(context);
  const row = rows.find(({ status }) => status === 'active') ?? rows[0];
  if (row === undefined) {
    pin.fill(0);
    throw new AppError('KEY_MISSING', { usage: 'token' });
  }
  context.tokens.setReader(null);
  const { session, close } = await openTokenKey(context, row.token, row.certificateSha256, pin);
  context.tokens.setReader({ ...session, close });
}
