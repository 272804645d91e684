import type { ErrorCode } from '../../../shared/errors.ts';
import type { PersonId, Sha256 } from '../../../shared/model/brand.ts';
import { type Certificate, parseCertificate } from '../../pki/certificate.ts';
import { listVaultKeys } from '../../vault/repositories/keys.ts';
import type { OfficeContext } from '../context.ts';
import { listIdentities } from '../desk/view-office.ts';
import { mayEncrypt, maySign } from '../office/certificate-uses.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { listTokens } from './list-tokens.ts';
import { listTokenModules, type TokenModuleSetting } from './token-modules.ts';

/** A certificate whose key this office has at hand. */
export interface OwnCertificate {
  readonly certificate: Sha256;
  readonly subject: string;
  readonly issuer: string;
  readonly notAfter: Date;
  readonly keeper: 'vault' | 'token';
  /** Label of the token where the key lies; null where it lies in the vault. */
  readonly token: string | null;
  /** How the certificate is called there. */
  readonly label: string | null;
  /** What this vault uses it for; null: it lies on a token and is not used yet. */
  readonly use: 'signing' | 'encryption' | 'receipt' | null;
  /** What its key may do, by the certificate. */
  readonly mayBe: readonly ('signing' | 'encryption')[];
  readonly person: PersonId | null;
  readonly name: string | null;
}

export interface OwnCertificates {
  readonly certificates: readonly OwnCertificate[];
  readonly failed: readonly { readonly module: string; readonly code: ErrorCode }[];
}

/** Certificates of the vault, and beside them those on the tokens that are plugged in. */
export async function listCertificates(
  context: OfficeContext,
  further: readonly TokenModuleSetting[] = [],
): Promise<OwnCertificates> {
  const settings = [...listTokenModules(context.vault.read), ...further];
  const distinct = [...new Map(settings.map((setting) => [setting.module, setting])).values()];
  const { tokens, failed } = await listTokens(context, distinct);
  const known = [...persons(context), ...vaultKeys(context)];
  const used = new Set(known.map(({ certificate }) => certificate));
  const onTokens = tokens.flatMap(({ token, certificates }) =>
    certificates.map(({ certificate, label }) => ({ certificate, label, token: token.label })),
  );
  const labels = new Map(onTokens.map(({ certificate, label }) => [certificate.sha256, label]));
  return {
    certificates: [
      ...known.map((one) => ({ ...one, label: labels.get(one.certificate) ?? one.label })),
      ...onTokens.flatMap(({ certificate, label, token }) =>
        used.has(certificate.sha256) || usesOf(certificate).length === 0
          ? []
          : [{ ...facts(certificate), keeper: 'token' as const, token, label, use: null, person: null, name: null }],
      ),
    ],
    failed,
  };
}

function persons(context: OfficeContext): OwnCertificate[] {
  return listIdentities(context).map(({ person, name, certificate, keeper, token }) => ({
    certificate: certificate.sha256,
    subject: certificate.subject,
    issuer: certificate.issuer,
    notAfter: new Date(certificate.notAfter),
    keeper,
    token,
    label: null,
    use: 'signing',
    mayBe: ['signing'],
    person,
    name,
  }));
}

/** The active ones: those before them only read old packages. */
function vaultKeys({ vault: { read } }: OfficeContext): OwnCertificate[] {
  const { name } = getOwnVault(read).office;
  return (['encryption', 'receipt'] as const).flatMap((use) =>
    listVaultKeys(read, use)
      .filter(({ key, status }) => {
        key?.fill(0);
        return status === 'active';
      })
      .map(({ certificate, token }) => ({
        ...facts(parseCertificate(certificate)),
        keeper: token === null ? ('vault' as const) : ('token' as const),
        token: token?.label ?? null,
        label: null,
        use,
        person: null,
        name,
      })),
  );
}

function facts(certificate: Certificate) {
  const { sha256, subjectText, issuerText, notAfter } = certificate;
  return { certificate: sha256, subject: subjectText, issuer: issuerText, notAfter, mayBe: usesOf(certificate) };
}

function usesOf(certificate: Certificate): ('signing' | 'encryption')[] {
  return [
    ...(maySign(certificate) ? ['signing' as const] : []),
    ...(mayEncrypt(certificate) ? ['encryption' as const] : []),
  ];
}
