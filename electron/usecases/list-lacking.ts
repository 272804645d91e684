import type { OfficeCard } from '../../shared/model/office-card.ts';
import { parseCertificate } from '../pki/certificate.ts';
import type { ReadableDb } from '../vault/db/handle.ts';
import { listCurrentCards } from '../vault/repositories/cards.ts';
import { listChannels } from '../vault/repositories/channels.ts';
import { listAnchors } from '../vault/repositories/trust.ts';
import { getOwnVault, isSetUp } from './office/own-vault.ts';

/** `own-card`: no confirmed card lists this vault. `anchor`: what a CA issued stands in a card, and no CA counts. `anchor-confirmed`: the same, and one waits for its comparison. */
export const LACKS = ['own-card', 'other-card', 'route', 'anchor', 'anchor-confirmed'] as const;
export type Lack = (typeof LACKS)[number];

/** What a vault must be given before it can exchange anything, in the order in which it is usually done. Empty: nothing. */
export function listLacking(db: ReadableDb): Lack[] {
  const cards = listCurrentCards(db);
  const own = isSetUp(db) ? getOwnVault(db) : null;
  const isListed = cards.some(({ body }) =>
    body.vaults.some(({ id, status }) => id === own?.vault && status === 'active'),
  );
  const hasOthers = cards.some(({ office }) => office !== own?.office.id);
  const anchors = listAnchors(db).filter(({ scopes }) => scopes.includes('sign'));
  const needsAnchor =
    anchors.every(({ confirmedAt }) => confirmedAt === null) &&
    (anchors.length > 0 || cards.some(({ body }) => body.persons.some(isIssued)));
  return [
    ...(isListed ? [] : (['own-card'] as const)),
    ...(hasOthers ? [] : (['other-card'] as const)),
    ...(listChannels(db).length > 0 ? [] : (['route'] as const)),
    ...(needsAnchor ? [anchors.length > 0 ? ('anchor-confirmed' as const) : ('anchor' as const)] : []),
  ];
}

/** By a CA, and not by the person's own key, as a trial identity is. */
function isIssued({ certificate }: OfficeCard['persons'][number]): boolean {
  const { issuer, subject } = parseCertificate(Buffer.from(certificate, 'base64'));
  return !issuer.equals(subject);
}
