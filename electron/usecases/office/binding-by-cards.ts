import type { OfficeId } from '../../../shared/model/brand.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import { bindByCards } from '../../exchange/bind-by-cards.ts';
import type { SignerFacts } from '../../exchange/bind-sender.ts';
import type { SenderBinding } from '../../packages/verify-container.ts';
import type { Certificate } from '../../pki/certificate.ts';

/**
 * Binds a message to its sender by the cards that were confirmed, the newest first.
 *
 * @param provenAt null without a proof of this vault's own
 */
export function bindingByCards(
  cardsOf: (office: OfficeId) => readonly OfficeCard[],
  provenAt: Date | null,
): SenderBinding {
  return (message, signer, at) => {
    const cards = message.sender.office === null ? [] : cardsOf(message.sender.office);
    return bindByCards(message, factsOf(signer), cards, at, provenAt);
  };
}

function factsOf({ sha256, organizationIdentifier }: Certificate): SignerFacts {
  return { certificate: sha256, organizationIdentifier: organizationIdentifier as OfficeId | null };
}
