import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findMatter } from '../../../electron/vault/repositories/matters.ts';
import { listMessagesOfMatter } from '../../../electron/vault/repositories/messages.ts';
import { listPositions } from '../../../electron/vault/repositories/positions.ts';
import { listReceipts } from '../../../electron/vault/repositories/receipts.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import { addTrio, createLab, type Lab, type Party, send, settle, textDocument } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

let lab: Lab;
let firm: Party;
let lead: Party;
let pickUp: Party;
let all: Party[];

beforeEach(async () => {
  lab = createLab();
  ({ firm, lead, pickUp, all } = await addTrio(lab));
});
afterEach(() => lab.close());

const open = () =>
  send(firm, {
    target: { type: 'file-review', to: [lead.office.id, pickUp.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
    documents: [textDocument('委托书.txt', '委托张甲为辩护人')],
  });
const stateAt = ({ context }: Party, matter: MatterId) => findMatter(context.vault.read, matter)?.state;
const orderAt = ({ context }: Party, matter: MatterId) =>
  listPositions(context.vault.read, matter).map(({ message }) => message);

describe('three offices over one folder', () => {
  test('a submission reaches all, and the lead gives it its place for everyone', async () => {
    const { m, matter } = await open();
    await settle(all);
    for (const party of all) {
      expect(stateAt(party, matter)).toBe('submitted');
      expect(orderAt(party, matter)).toEqual([m]);
    }
    const receipts = listReceipts(firm.context.vault.read, m);
    expect(receipts.map(({ office, kind, pos }) => [office, kind, pos])).toEqual(
      expect.arrayContaining([
        [lead.office.id, 'delivered', 1],
        [pickUp.office.id, 'delivered', null],
      ]),
    );
  });

  test('a file review runs to its archive and every office folds the same', async () => {
    const { matter } = await open();
    await settle(all);
    const steps = [
      [pickUp, 'receipt', FILE_REVIEW['firstCheck']],
      [lead, 'decision', FILE_REVIEW['granted']],
      [firm, 'receipt', FILE_REVIEW['pledge']],
      [lead, 'deliver', FILE_REVIEW['deliver']],
      [firm, 'receipt', FILE_REVIEW['collected']],
      [lead, 'close', FILE_REVIEW['close']],
    ] as const;
    for (const [party, act, form] of steps) {
      await send(party, { target: { matter }, act, form: form ?? {} });
      await settle(all);
    }
    expect(all.map((party) => stateAt(party, matter))).toEqual(['closed', 'closed', 'closed']);
    expect(orderAt(firm, matter)).toHaveLength(7);
    expect(orderAt(pickUp, matter)).toEqual(orderAt(firm, matter));
    for (const { context } of all) {
      expect(
        listMessagesOfMatter(context.vault.read, matter).every(({ counted, voidCode }) => counted && voidCode === null),
      ).toBe(true);
    }
  });
});
