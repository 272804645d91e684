import type { M, OfficeId } from '../../../shared/model/brand.ts';
import { type DeliveryColour, deliveryTo, worstColour } from '../../exchange/delivery.ts';
import { verifyContainer } from '../../packages/verify-container.ts';
import { senderBinding } from '../../usecases/office/sender-binding.ts';
import { trustFor } from '../../usecases/office/trust.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import { verifyAudit } from '../../vault/repositories/audit.ts';
import { listParticipants } from '../../vault/repositories/matters.ts';
import { findMessage, listMessagesOfMatter } from '../../vault/repositories/messages.ts';
import { listOutboxOf } from '../../vault/repositories/outbox.ts';
import { listReceipts } from '../../vault/repositories/receipts.ts';
import { type PlayedStory, participantsOf } from './play-story.ts';
import { type Device, devicesOf, type Players } from './set-up-offices.ts';

export interface Verified {
  /** Containers checked again from the stores of all who hold one, and how many passed. */
  readonly messages: number;
  readonly passed: number;
  /** Acts whose every addressee has signed for them. */
  readonly acts: number;
  readonly delivered: number;
  readonly receipts: number;
  /** Rows of all audit chains, each chain unbroken. */
  readonly auditRows: number;
}

/** The colour of each act, by its sender's own evidence. */
export type Colours = ReadonlyMap<M, DeliveryColour>;

/** Checks everything that was exchanged again, from the stored bytes, on every side. */
export async function verifyStories(
  players: Players,
  played: readonly PlayedStory[],
  now: Date,
): Promise<{ readonly verified: Verified; readonly colours: Colours }> {
  const colours = new Map<M, DeliveryColour>();
  const counts = { messages: 0, passed: 0, acts: 0, delivered: 0, receipts: 0 };
  for (const story of played) {
    for (const device of participantsOf(players, story.story)) {
      const { checked, passed } = await verifyHeld(device, story, now);
      counts.messages += checked;
      counts.passed += passed;
    }
    for (const { device, m } of story.acts) {
      const delivery = deliveryOf(device, story, m);
      counts.acts++;
      counts.delivered += delivery.colour === 'green' ? 1 : 0;
      colours.set(m, delivery.colour);
      counts.receipts += delivery.receipts;
    }
  }
  const auditRows = devicesOf(players).reduce((sum, { context }) => sum + verifyAudit(context.vault.read).seq, 0);
  return { verified: { ...counts, auditRows }, colours };
}

async function verifyHeld(
  { context }: Device,
  { matter }: PlayedStory,
  now: Date,
): Promise<{ checked: number; passed: number }> {
  const { vault } = context;
  let checked = 0;
  let passed = 0;
  for (const { kind, blob, senderOffice } of listMessagesOfMatter(vault.read, matter)) {
    if (kind !== 'act' || blob === null) continue;
    const container = await openBlob(vault, blob);
    const trust = trustFor(context, vault.read, senderOffice);
    const binding = senderBinding(vault.read, null);
    const { indication } = await verifyContainer({ container, trust, at: now, accept: 'profile', binding });
    await container.close();
    checked++;
    passed += indication === 'TOTAL_PASSED' ? 1 : 0;
  }
  return { checked, passed };
}

/** Whether everybody addressed has signed for a message, by the sender's own evidence. */
function deliveryOf({ context }: Device, { matter }: PlayedStory, m: M) {
  const { read } = context.vault;
  const receipts = listReceipts(read, m);
  const copies = listOutboxOf(read, m);
  const author = findMessage(read, m)?.authorOffice ?? null;
  const others = listParticipants(read, matter).filter((office: OfficeId) => office !== author);
  const colour = worstColour(others.map((office) => deliveryTo(office, receipts, copies)));
  return { colour, receipts: receipts.length };
}
