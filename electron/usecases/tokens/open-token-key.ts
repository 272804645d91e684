import { AppError, isAppError } from '../../../shared/errors.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import type { TokenCertificate, TokenInfo, TokenModule, TokenSession } from '../../pki/token/open-token.ts';
import type { TokenPlace } from '../../vault/repositories/keys.ts';
import type { OfficeContext } from '../context.ts';
import { listTokenModules } from './token-modules.ts';

/**
 * The token of that serial number in whatever module shows it, nobody logged in. The caller closes the module.
 *
 * @throws AppError TOKEN_MISSING; where a module failed and no other has the token, what that module said
 */
export async function findTokenModule(
  { vault, tokens }: OfficeContext,
  serial: string,
): Promise<{ readonly module: TokenModule; readonly token: TokenInfo }> {
  let failure: AppError | null = null;
  for (const setting of listTokenModules(vault.read)) {
    let module: TokenModule | null = null;
    try {
      module = await tokens.open(setting);
      const token = (await module.listTokens()).find((one) => one.serial === serial);
      if (token !== undefined) return { module, token };
    } catch (error) {
      if (!isAppError(error)) throw error;
      failure ??= error;
    }
    module?.close();
  }
  throw failure ?? new AppError('TOKEN_MISSING');
}

export interface OpenTokenKey {
  readonly session: TokenSession;
  readonly entry: TokenCertificate;
  close(): void;
}

/**
 * Logs into the token that holds a key.
 *
 * @param certificate SHA-256; the token may have lost or replaced the one that this vault knows
 * @throws AppError TOKEN_…
 */
export async function openTokenKey(
  context: OfficeContext,
  { serial, key }: TokenPlace,
  certificate: Sha256,
  pin: Buffer,
): Promise<OpenTokenKey> {
  const { module, token } = await findTokenModule(context, serial);
  try {
    const session = await module.logIn(token, pin);
    const entry = session.certificates.find(({ id, certificate: { sha256 } }) => id === key && sha256 === certificate);
    if (entry === undefined) throw new AppError('TOKEN_KEY_MISSING');
    return { session, entry, close: () => module.close() };
  } catch (error) {
    module.close();
    throw error;
  } finally {
    pin.fill(0);
  }
}
