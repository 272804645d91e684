import type { Instant } from '../../shared/model/brand.ts';
import type { KeyPairCertificate } from '../pki/identity.ts';
import type { VaultKeyKind } from '../vault/repositories/keys.ts';
import type { OfficeContext } from './context.ts';
import { type IssuedCard, issueCard } from './issue-card.ts';
import type { CardChanges } from './office/build-card.ts';
import { getOwnVault } from './office/own-vault.ts';
import { makeVaultKey, type VaultKeyAlgorithm } from './office/set-up-vault.ts';
import type { SigningCredentials } from './office/signing-authority.ts';
import { instantOf } from './uuid-v7.ts';

export interface RenewVaultKeys {
  /** Who signs the card that lists them. */
  readonly credentials: SigningCredentials;
  /** Default: both. */
  readonly kinds?: readonly VaultKeyKind[];
  readonly algorithm?: VaultKeyAlgorithm;
  /** Who was shown to whoever signs. */
  readonly shownPersons?: CardChanges['shownPersons'];
}

export interface RenewedKeys extends IssuedCard {
  readonly renewed: readonly { readonly kind: VaultKeyKind; readonly notAfter: Instant }[];
}

/**
 * Gives this vault new keys and the office a card that lists them, in one step: no key is used before a card vouches for it. The earlier decryption key stays,
 * for what was sealed for it and what is still on its way; the earlier receipt key signs what was written under it and nothing new. Counterparts learn by
 * `publishCard` and confirm.
 *
 * @throws AppError of {@link issueCard}
 */
export async function renewVaultKeys(context: OfficeContext, request: RenewVaultKeys): Promise<RenewedKeys> {
  const { credentials, kinds = ['encryption', 'receipt'], algorithm = 'p256', shownPersons } = request;
  const { office, vault } = getOwnVault(context.vault.read);
  const now = context.now();
  const pairs = kinds.map((kind): [VaultKeyKind, KeyPairCertificate] => [
    kind,
    makeVaultKey(kind, office, vault, algorithm, now),
  ]);
  const issued = await issueCard(context, credentials, {
    newKeys: Object.fromEntries(pairs),
    ...(shownPersons === undefined ? {} : { shownPersons }),
  });
  return {
    ...issued,
    renewed: pairs.map(([kind, { certificate }]) => ({ kind, notAfter: instantOf(certificate.notAfter) })),
  };
}
