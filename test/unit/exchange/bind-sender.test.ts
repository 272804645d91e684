import { describe, expect, test } from 'vitest';
import { bindSender } from '../../../electron/exchange/bind-sender.ts';
import type { Instant, VaultId } from '../../../shared/model/brand.ts';
import type { Message } from '../../../shared/model/message.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import { fakeDer, makeAct, makeCard, makeEnclosure, sha } from '../../fixtures/exchange-messages.ts';
import { OFFICE } from '../../fixtures/forms.ts';

const { firm, procuratorate } = OFFICE;
const card = makeCard(firm);
const AT = new Date('2026-11-24T08:00:00Z');
const act = makeAct({ from: firm, to: [procuratorate] }).message;
const signer = (name: string, organizationIdentifier: string | null = firm) => ({
  certificate: sha(name),
  organizationIdentifier,
});
const person = signer(`sign ${firm}`);
const bind = (message: Message = act, by = person, to: OfficeCard = card, at = AT) => bindSender(message, by, to, at);
const withActs = (...acts: string[]): OfficeCard => ({
  ...card,
  persons: card.persons.map((one) => ({ ...one, acts })),
});
const byReceiptKey = (message: Message): Message => ({
  ...message,
  sender: { office: firm, person: null, certificate: sha(`receipt ${firm}`) },
});
const receipt = {
  ...act,
  kind: 'sync-request',
  matters: [],
  wanted: [],
  complete: false,
  answers: null,
} as unknown as Message;

describe('bindSender', () => {
  test('a person of the card signs the acts that the card allows', () => {
    expect(bind()).toEqual({ ok: true });
    expect(bind(act, person, withActs('submit'))).toEqual({ ok: true });
    expect(bind(act, person, withActs('decision', 'card'))).toEqual({ ok: false, code: 'KEY_NOT_FOR_ACT' });
  });
  test('an enclosure needs a person who may sign some act, not merely cards', () => {
    const enclosure = makeEnclosure(firm, [procuratorate]).message;
    expect(bind(enclosure, person, withActs('deliver'))).toEqual({ ok: true });
    expect(bind(enclosure, person, withActs('card'))).toEqual({ ok: false, code: 'KEY_NOT_FOR_ACT' });
  });
  test.each([
    ['a signer who is not in the card', bind(act, signer('somebody'))],
    [
      'a certificate other than the one the message names',
      bind({ ...act, sender: { ...act.sender, certificate: sha('other') } }),
    ],
    ['a certificate of another office', bind(act, signer(`sign ${firm}`, procuratorate))],
    ['the card of another office', bind(act, person, makeCard(procuratorate))],
    [
      'a vault that the card does not list',
      bind({ ...act, author: { ...act.author, vault: sha('v') as string as VaultId } }),
    ],
    ['an epoch that the card does not know yet', bind({ ...act, author: { ...act.author, epoch: 2 } })],
    ['a person before the card’s validity', bind(act, person, card, new Date('2025-01-01'))],
    ['a person after the card’s validity', bind(act, person, card, new Date('2029-01-01'))],
    ['a vault that retired before the message', bind(act, person, retired('2026-11-24T05:59:59.999Z'))],
  ])('%s is not bound', (_, binding) => {
    expect(binding).toEqual({ ok: false, code: 'SENDER_NOT_BOUND' });
  });
  test('what a vault sent before it retired is still its own', () => {
    expect(bind(act, person, retired('2026-11-25T00:00:00.000Z'))).toEqual({ ok: true });
  });
  test('a receipt of a retired vault is its own only where it is proven to be older, whatever date it claims', () => {
    const key = signer(`receipt ${firm}`);
    const said = byReceiptKey(receipt);
    const since = '2026-11-24T07:00:00.000Z';
    expect(said.createdAt < since).toBe(true);
    expect(bind(said, key, retired(since), AT)).toEqual({ ok: false, code: 'SENDER_NOT_BOUND' });
    expect(bind(said, key, retired(since), new Date('2026-11-24T06:30:00Z'))).toEqual({ ok: true });
    expect(bind(act, person, retired(since), AT)).toEqual({ ok: true });
  });
  test('a certificate without an office identifier is bound by the card alone', () => {
    expect(bind(act, signer(`sign ${firm}`, null))).toEqual({ ok: true });
  });
  test('an act under a vault’s receipt key is refused, a sync message is not', () => {
    const key = signer(`receipt ${firm}`);
    expect(bind(byReceiptKey(act), key)).toEqual({ ok: false, code: 'KEY_NOT_FOR_ACT' });
    expect(bind(byReceiptKey(receipt), key)).toEqual({ ok: true });
    expect(bind(receipt, person)).toEqual({ ok: false, code: 'SENDER_NOT_BOUND' });
  });
  test('a receipt key signs in nobody’s name, and only for its own vault', () => {
    const key = signer(`receipt ${firm}`);
    const named = { ...byReceiptKey(receipt), sender: { ...act.sender, certificate: key.certificate } };
    expect(bind(named, key)).toEqual({ ok: false, code: 'SENDER_NOT_BOUND' });
    const [vault] = card.vaults;
    const other = vault === undefined ? [] : [{ ...vault, receiptCertificate: fakeDer('another') }];
    expect(bind(byReceiptKey(receipt), key, { ...card, vaults: other })).toEqual({
      ok: false,
      code: 'SENDER_NOT_BOUND',
    });
  });
});

function retired(issuedAt: string): OfficeCard {
  return {
    ...card,
    issuedAt: issuedAt as Instant,
    vaults: card.vaults.map((vault) => ({ ...vault, status: 'retired' as const })),
  };
}
