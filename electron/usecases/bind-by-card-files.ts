import { AppError } from '../../shared/errors.ts';
import type { Message } from '../../shared/model/message.ts';
import type { OfficeCard } from '../../shared/model/office-card.ts';
import { type Binding, bindSender, digestOf } from '../exchange/bind-sender.ts';
import { judgeCard } from '../exchange/card-trust.ts';
import type { ByteSource } from '../files/bytes.ts';
import { newFindings } from '../packages/verify/checks.ts';
import { readProfile } from '../packages/verify/read-profile.ts';
import { type SenderBinding, type TrustInput, verifyContainer } from '../packages/verify-container.ts';
import { type Certificate, parseCertificate } from '../pki/certificate.ts';

/**
 * Binds senders by cards that whoever asks brings along and vouches for, without a vault (cli.md: `--card`).
 *
 * @param trust what the cards' own signatures are judged by; self-signed persons of a card stand for themselves
 * @throws AppError CARD_NOT_SIGNED_BY_OFFICE, MESSAGE_TYPE_UNKNOWN where a file is no card, or what is wrong with its container
 */
export async function bindByCardFiles(
  containers: readonly ByteSource[],
  trust: TrustInput,
  at: Date,
): Promise<SenderBinding> {
  const cards: OfficeCard[] = [];
  for (const container of containers) cards.push(await readCardFile(container, trust, at));
  return (message, signer, when) => {
    const newestFirst = cards
      .filter(({ office }) => office.id === message.sender.office)
      .sort((a, b) => b.version - a.version);
    const [card] = newestFirst;
    return card === undefined ? { ok: false, code: 'SENDER_NOT_BOUND' } : bind(message, signer, card, when);
  };
}

async function readCardFile(container: ByteSource, trust: TrustInput, at: Date): Promise<OfficeCard> {
  const peeked = await readProfile(container, null, newFindings());
  const named = peeked?.message.kind === 'card' ? peeked.message.card : null;
  if (peeked !== null && named === null) throw new AppError('MESSAGE_TYPE_UNKNOWN', { field: 'kind' });
  const verdict = await verifyContainer({ container, trust: withPinned(trust, named), at, accept: 'profile' });
  const { message, signer, indication, code } = verdict;
  if (indication !== 'TOTAL_PASSED' || message?.kind !== 'card' || signer === null) {
    throw new AppError(code ?? 'SIGNATURE_INVALID');
  }
  const { card } = message;
  const facts = { incoming: card, signer: signer.sha256, current: null, fingerprint: null, at };
  const ownWords = message.sender.office === card.office.id && judgeCard(facts).kind !== 'refuse';
  const { organizationIdentifier } = signer;
  if (!ownWords || (organizationIdentifier !== null && organizationIdentifier !== card.office.id)) {
    throw new AppError('CARD_NOT_SIGNED_BY_OFFICE', { office: card.office.id });
  }
  return card;
}

function withPinned(trust: TrustInput, card: OfficeCard | null): TrustInput {
  if (card === null) return trust;
  const parse = (der: string): Certificate => parseCertificate(Buffer.from(der, 'base64'));
  const persons = card.persons.map(({ certificate }) => parse(certificate));
  const pinned = persons.filter(({ issuer, subject }) => issuer.equals(subject));
  return {
    ...trust,
    anchors: [...trust.anchors, ...pinned],
    untrusted: [...(trust.untrusted ?? []), ...card.chain.map(parse)],
  };
}

/** A message that was sealed outside any vault names neither vault nor person: then the card says whose certificate it is. */
function bind(message: Message, signer: Certificate, card: OfficeCard, at: Date): Binding {
  const facts = { certificate: signer.sha256, organizationIdentifier: signer.organizationIdentifier };
  if (message.author.vault !== null) return bindSender(message, facts, card, at);
  const person = card.persons.find(({ certificate }) => digestOf(certificate) === signer.sha256);
  const vault = card.vaults.find(({ status }) => status === 'active');
  if (person === undefined || vault === undefined) return { ok: false, code: 'SENDER_NOT_BOUND' };
  const named: Message = {
    ...message,
    author: { ...message.author, vault: vault.id, epoch: vault.epoch },
    sender: { ...message.sender, person: person.id },
  };
  return bindSender(named, facts, card, at);
}
