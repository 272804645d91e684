import type { M } from '../../../shared/model/brand.ts';
import { verifyContainer } from '../../packages/verify-container.ts';
import { senderBinding } from '../../usecases/office/sender-binding.ts';
import { trustFor } from '../../usecases/office/trust.ts';
import { showMatter } from '../../usecases/show-matter.ts';
import { showMessage } from '../../usecases/show-message.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import { verifyAudit } from '../../vault/repositories/audit.ts';
import { listMessagesOfMatter } from '../../vault/repositories/messages.ts';
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

type Colour = NonNullable<ReturnType<typeof showMatter>['messages'][number]['colour']>;

/** The colour of each act, by its sender's own evidence. */
export type Colours = ReadonlyMap<M, Colour>;

/** Checks everything that was exchanged again, from the stored bytes, on every side. */
export async function verifyStories(
  players: Players,
  played: readonly PlayedStory[],
  now: Date,
): Promise<{ readonly verified: Verified; readonly colours: Colours }> {
  const colours = new Map<M, Colour>();
  const counts = { messages: 0, passed: 0, acts: 0, delivered: 0, receipts: 0 };
  for (const story of played) {
    for (const device of participantsOf(players, story.story)) {
      const { checked, passed } = await verifyHeld(device, story, now);
      counts.messages += checked;
      counts.passed += passed;
    }
    for (const { device, m } of story.acts) {
      const shown = showMatter(device.context, story.matter).messages.find(({ row }) => row.m === m);
      const colour = shown?.colour ?? 'grey';
      counts.acts++;
      counts.delivered += colour === 'green' ? 1 : 0;
      counts.receipts += showMessage(device.context, m).receipts.length;
      colours.set(m, colour);
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
