import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { createIdentity } from '../../../electron/pki/issue/create-identity.ts';
import { importDirectory } from '../../../electron/usecases/directory/import-directory.ts';
import { signDirectory } from '../../../electron/usecases/directory/sign-directory.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { findCurrentCard, listPendingCards } from '../../../electron/vault/repositories/cards.ts';
import { findDirectory } from '../../../electron/vault/repositories/directories.ts';
import type { DirectoryBody } from '../../../shared/model/message.ts';
import type { Office } from '../../../shared/model/office-card.ts';
import {
  createLab,
  exportedCard,
  importFrom,
  introduce,
  type Lab,
  OFFICES,
  type Party,
} from '../../fixtures/exchange-lab.ts';
import { OFFICE } from '../../fixtures/forms.ts';

const DAY = 24 * 3600_000;
const BUREAU: Office = { id: OFFICE.notaryShanghai, name: '上海市某司法局', type: 'judicial-bureau', region: '310000' };
const EVERYBODY: DirectoryBody['scope'] = {
  regions: ['31', '32', '33', '34'],
  types: ['law-firm', 'procuratorate', 'legal-aid-centre'],
};

let lab: Lab;
let bureau: Party;
let firm: Party;
let lead: Party;
let centre: Party;

beforeEach(async () => {
  lab = createLab();
  bureau = await lab.addOffice(BUREAU);
  firm = await lab.addOffice(OFFICES.firm);
  lead = await lab.addOffice(OFFICES.procuratorate);
  centre = await lab.addOffice(OFFICES.centreJiangsu);
  await introduce(lab.share, [bureau, firm]);
  for (const party of [lead, centre]) await importFrom(bureau.context, await exportedCard(party));
});
afterEach(() => lab.close());

async function signed(signer: Party = bureau, scope = EVERYBODY, days = 30): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const sink = { write: async (chunk: Buffer) => void chunks.push(Buffer.from(chunk)) };
  await signDirectory(signer.context, { credentials: signer.credentials, scope, days, sink });
  return Buffer.concat(chunks);
}

const take = (bytes: Buffer, accept = true, party = firm) =>
  importDirectory(party.context, { source: bufferSource(bytes), accept, by: 'test' });
const outcomes = async (bytes: Buffer) =>
  Object.fromEntries((await take(bytes)).results.map(({ office, outcome, code }) => [office, code ?? outcome]));
const known = (party: Party) => findCurrentCard(firm.context.vault.read, party.office.id);

describe('a signed directory', () => {
  test('makes its offices known to a member who has accepted its issuer, and is asked for that once', async () => {
    const first = await signed();
    await expect(take(first, false)).rejects.toMatchObject({ code: 'DIRECTORY_NOT_ACCEPTED' });
    expect(known(lead)).toBeNull();
    expect(await outcomes(first)).toEqual({
      [firm.office.id]: 'DIRECTORY_OUT_OF_SCOPE',
      [lead.office.id]: 'applied',
      [centre.office.id]: 'applied',
    });
    expect(known(lead)).toMatchObject({ confirmedBy: `directory:${bureau.office.id}` });
    const again = await take(await signed(), false);
    expect(again.results.filter(({ outcome }) => outcome === 'unchanged')).toHaveLength(2);
    expect(findDirectory(firm.context.vault.read, bureau.office.id)?.version).toBe(2);
  });

  test('never goes back, and the same one twice changes nothing', async () => {
    const [old, current] = [await signed(), await signed()];
    await take(current);
    await take(current);
    await expect(take(old)).rejects.toMatchObject({ code: 'DIRECTORY_NOT_NEWER' });
  });

  test('is not taken after its date', async () => {
    const bytes = await signed(bureau, EVERYBODY, 2);
    lab.later(3 * DAY);
    await expect(take(bytes)).rejects.toMatchObject({ code: 'DIRECTORY_EXPIRED' });
    expect(known(lead)).toBeNull();
  });

  test('of an office that nobody here has confirmed is worth nothing, and a law firm vouches for nobody', async () => {
    const stranger = await lab.addOffice(
      { ...BUREAU, id: OFFICE.centreZhejiang, name: '浙江省某司法局' },
      { label: 's' },
    );
    await importFrom(stranger.context, await exportedCard(lead));
    await expect(take(await signed(stranger))).rejects.toMatchObject({ code: 'SENDER_NOT_BOUND' });
    await importFrom(firm.context, await exportedCard(centre));
    await importFrom(centre.context, await exportedCard(lead));
    await expect(take(await signed(centre))).rejects.toMatchObject({ code: 'DIRECTORY_NOT_ACCEPTED' });
    expect(known(lead)).toBeNull();
  });

  test('speaks of nobody outside the scope that it names', async () => {
    const bytes = await signed(bureau, { regions: ['32'], types: ['legal-aid-centre'] });
    expect(await outcomes(bytes)).toEqual({ [centre.office.id]: 'applied' });
    expect(known(lead)).toBeNull();
  });

  test('moves no pin: a key that differs from the compared one waits for a comparison', async () => {
    await importFrom(firm.context, await exportedCard(lead));
    const before = known(lead)?.m;
    // The bureau was given the card of an impostor with the same number and a higher version.
    const impostor = await lab.addOffice(OFFICES.procuratorate, {
      label: 'impostor',
      identity: createIdentity({
        name: lead.office.name,
        officeType: lead.office.type,
        uscc: lead.office.id,
        region: lead.office.region,
        algorithm: 'p256',
        now: lab.clock.now,
      }),
    });
    await issueCard(impostor.context, impostor.credentials);
    await importFrom(bureau.context, await exportedCard(impostor));
    const result = await outcomes(await signed());
    expect(result[lead.office.id]).toBe('CARD_NEEDS_CONFIRMATION');
    expect(known(lead)?.m).toBe(before);
    expect(listPendingCards(firm.context.vault.read).map(({ office }) => office)).toEqual([lead.office.id]);
  });

  test('with one bit changed is refused whole', async () => {
    const bytes = await signed();
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    await expect(take(bytes)).rejects.toThrow();
    expect(known(lead)).toBeNull();
  });
});
