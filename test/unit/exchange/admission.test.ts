import { describe, expect, test } from 'vitest';
import { type AdmissionFacts, admit, findLead, isOpening } from '../../../electron/exchange/admission.ts';
import { deriveMatterId } from '../../../electron/exchange/matter-id.ts';
import type { MessageId, OfficeId } from '../../../shared/model/brand.ts';
import type { ActMessage } from '../../../shared/model/message.ts';
import { matterId } from '../../../shared/model/schemas.ts';
import { makeAct, makeEnclosure, sha } from '../../fixtures/exchange-messages.ts';
import { OFFICE } from '../../fixtures/forms.ts';

const { firm, procuratorate: lead, notaryAnhui: pickUp, centreJiangsu: stranger } = OFFICE;
const owned = (message: ActMessage): ActMessage => ({
  ...message,
  matter: deriveMatterId(message.author.office as OfficeId, message.id),
});
const opening = owned(makeAct({ from: firm, to: [lead, pickUp, firm] }).message);
const later = (change: Partial<Parameters<typeof makeAct>[0]> = {}) =>
  makeAct({ from: firm, to: [lead, pickUp], act: 'withdraw', seq: 2, prev: sha('1'), parents: [sha('1')], ...change })
    .message;
const known: AdmissionFacts = {
  ownOffice: lead,
  known: null,
  matter: { type: 'file-review', participants: [firm, lead, pickUp] },
  rivals: [],
};
const fresh: AdmissionFacts = { ...known, matter: null };

describe('admit', () => {
  test('an opening act opens its matter, a later act of an unknown matter waits', () => {
    expect(admit(opening, fresh)).toEqual({ kind: 'accept' });
    expect(admit(later(), fresh)).toEqual({ kind: 'hold', code: 'MATTER_UNKNOWN' });
    expect(admit(makeEnclosure(firm, [lead]).message, fresh)).toEqual({ kind: 'hold', code: 'MATTER_UNKNOWN' });
  });
  test('the same message again is a duplicate, whatever became of it; a held one is asked again', () => {
    expect(admit(later(), { ...known, known: 'accepted' })).toEqual({ kind: 'duplicate' });
    expect(admit(later(), { ...known, known: 'refused' })).toEqual({ kind: 'duplicate' });
    expect(admit(later(), { ...known, known: 'held' })).toEqual({ kind: 'accept' });
  });
  test('a stranger to the matter gets no answer that would tell it that the matter exists', () => {
    expect(admit(later({ from: stranger }), known)).toEqual({ kind: 'reject', code: 'NOT_A_PARTICIPANT' });
    expect(admit(makeAct({ from: firm, to: [pickUp] }).message, fresh)).toEqual({
      kind: 'reject',
      code: 'NOT_A_PARTICIPANT',
    });
  });
  test('an act that leaves a participant out, or tells an outsider, is refused; an enclosure may go to some', () => {
    const refusal = { kind: 'refuse', code: 'PARTICIPANTS_MISMATCH', alarm: false };
    expect(admit(later({ to: [lead] }), known)).toMatchObject(refusal);
    expect(admit(later({ to: [lead, pickUp, stranger] }), known)).toMatchObject(refusal);
    expect(admit(makeEnclosure(firm, [lead]).message, known)).toEqual({ kind: 'accept' });
    expect(admit(makeEnclosure(firm, [lead, stranger]).message, known)).toMatchObject(refusal);
  });
  test('another message under the same id or place is kept, refused with a reason, and raises an alarm', () => {
    expect(admit(later(), { ...known, rivals: [sha('rival')] })).toEqual({
      kind: 'refuse',
      code: 'MESSAGE_EQUIVOCATION',
      alarm: true,
      rivals: [sha('rival')],
    });
  });
  test('a matter cannot be opened twice, change its type, or have an author who starts in the middle', () => {
    expect(admit(opening, known)).toMatchObject({ kind: 'refuse', code: 'ACT_NOT_ALLOWED' });
    expect(admit(later({ type: 'notarization' }), known)).toMatchObject({ kind: 'refuse', code: 'ACT_NOT_ALLOWED' });
    expect(admit(later({ prev: null }), known)).toMatchObject({ kind: 'refuse', code: 'SEQUENCE_BROKEN' });
    expect(admit(later({ seq: 1 }), known)).toMatchObject({ kind: 'refuse', code: 'SEQUENCE_BROKEN' });
  });
  test('a message sealed outside any vault, or signed for another office than its author’s, is no message of the exchange', () => {
    const bare = { ...opening, author: { office: null, vault: null, epoch: 1 } };
    expect(admit(bare, fresh)).toEqual({ kind: 'reject', code: 'MESSAGE_MALFORMED' });
    expect(admit({ ...opening, sender: { ...opening.sender, office: pickUp } }, fresh)).toMatchObject({
      kind: 'reject',
    });
  });
  test('an opening whose matter id names another opener, or none, is refused; a matter that is here keeps its id', () => {
    const refusal = { kind: 'refuse', code: 'MATTER_NOT_OPENERS', alarm: false };
    expect(admit(makeAct({ from: firm, to: [lead, pickUp] }).message, fresh)).toMatchObject(refusal);
    const squatter = { ...owned(makeAct({ from: pickUp, to: [firm, lead] }).message), matter: opening.matter };
    expect(admit(squatter, fresh)).toMatchObject(refusal);
    expect(admit({ ...squatter, id: opening.id }, fresh)).toMatchObject(refusal);
    expect(admit(later(), known)).toEqual({ kind: 'accept' });
  });
  test('an act sent to nobody else opens nothing', () => {
    expect(admit(makeAct({ from: firm, to: [firm] }).message, { ...fresh, ownOffice: firm })).toMatchObject({
      kind: 'hold',
    });
  });
});

describe('the opening act', () => {
  test('its first recipient office beside the sender leads', () => {
    expect(findLead(makeAct({ from: firm, to: [firm, pickUp, lead] }).message)).toBe(pickUp);
    expect(findLead(makeAct({ from: firm, to: [firm] }).message)).toBeNull();
  });
  test('the id of a matter is a UUIDv7 of the same moment, and another one for another office or act', () => {
    const id = deriveMatterId(firm, opening.id);
    expect(matterId.parse(id).slice(0, 13)).toBe(opening.id.slice(0, 13));
    expect(deriveMatterId(firm, opening.id)).toBe(id);
    expect(deriveMatterId(lead, opening.id)).not.toBe(id);
    expect(
      deriveMatterId(firm, `${opening.id.slice(0, -1)}${opening.id.endsWith('0') ? '1' : '0'}` as MessageId),
    ).not.toBe(id);
  });
  test('only a submission with nothing before it opens', () => {
    expect(isOpening(opening)).toBe(true);
    expect(isOpening(makeAct({ from: firm, to: [lead], parents: [sha('1')] }).message)).toBe(false);
    expect(isOpening(makeAct({ from: firm, to: [lead], act: 'withdraw' }).message)).toBe(false);
  });
});
