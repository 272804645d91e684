import { type ErrorCode, isAppError } from '../../../shared/errors.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import type { TokenCertificate, TokenInfo } from '../../pki/token/open-token.ts';
import type { OfficeContext } from '../context.ts';
import { listTokenModules, type TokenModuleSetting } from './token-modules.ts';

export interface FoundToken {
  readonly module: string;
  readonly token: TokenInfo;
  /** As far as the token shows them without its PIN. */
  readonly certificates: readonly TokenCertificate[];
}

export interface TokensFound {
  readonly tokens: readonly FoundToken[];
  /** Modules that could not be asked. */
  readonly failed: readonly { readonly module: string; readonly code: ErrorCode }[];
}

/** What lies on the tokens that are plugged in now. One module that fails hides none of the others. */
export async function listTokens(
  { vault, tokens }: OfficeContext,
  settings: readonly TokenModuleSetting[] = listTokenModules(vault.read),
): Promise<TokensFound> {
  const found: FoundToken[] = [];
  const failed: { module: string; code: ErrorCode }[] = [];
  for (const setting of settings) {
    try {
      const module = await tokens.open(setting);
      try {
        for (const token of await module.listTokens()) {
          if (token.pin === 'none') continue;
          found.push({ module: setting.module, token, certificates: await module.listCertificates(token) });
        }
      } finally {
        module.close();
      }
    } catch (error) {
      if (!isAppError(error)) throw error;
      failed.push({ module: setting.module, code: error.code });
    }
  }
  return { tokens: found, failed };
}

/** A certificate as a person names it: its label, its CKA_ID, or the beginning of its fingerprint. */
export function isNamed({ id, label, certificate }: TokenCertificate, wanted: string): boolean {
  const digits = wanted.replace(/[\s:]/g, '').toLowerCase() as Sha256;
  return label === wanted || id === digits || (digits.length >= 8 && certificate.sha256.startsWith(digits));
}

/** A token as a person names it: its label or its serial number. */
export function isTokenNamed({ label, serial }: TokenInfo, wanted: string): boolean {
  return label === wanted || serial === wanted;
}
