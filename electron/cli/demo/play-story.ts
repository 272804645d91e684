import { AppError } from '../../../shared/errors.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import { bufferSource } from '../../files/bytes.ts';
import { sendMessage } from '../../usecases/send-message.ts';
import { sync } from '../../usecases/sync.ts';
import { findMatter } from '../../vault/repositories/matters.ts';
import { samplePdf } from './sample-pdf.ts';
import { type Device, devicesOf, type Players } from './set-up-offices.ts';
import type { Story, StoryAct } from './story.ts';

/** One act as it went. */
export interface PlayedAct {
  readonly act: StoryAct;
  readonly device: Device;
  readonly m: M;
  /** The state of the matter after it, the same in every vault that takes part. */
  readonly state: string;
}

export interface PlayedStory {
  readonly story: Story;
  readonly matter: MatterId;
  readonly acts: readonly PlayedAct[];
}

/** Rounds in which everybody syncs; an act needs four: out, in and receipt, receipt in, the lead's order in. */
const MAX_ROUNDS = 12;

export interface PlayHooks {
  /** After a message was posted and before anybody fetched it. */
  readonly posted?: (played: { readonly story: Story; readonly m: M; readonly index: number }) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Each act is signed by its office, exchanged until nothing moves any more, and looked at from every side. */
export async function playStory(players: Players, story: Story, { posted, signal }: PlayHooks): Promise<PlayedStory> {
  let matter: MatterId | null = null;
  const acts: PlayedAct[] = [];
  for (const [index, act] of story.acts.entries()) {
    const device = deviceOf(players, act);
    const documents = act.papers.map(({ name, kind, size }) => ({
      source: bufferSource(samplePdf(kind, size)),
      name,
      kind,
      mediaType: 'application/pdf',
    }));
    const target =
      matter === null ? { type: story.type, to: story.to.map((key) => officeId(players, key)) } : { matter };
    const { context, credentials } = device;
    const queued = await sendMessage(context, { credentials, target, act: act.act, form: act.form, documents, signal });
    matter = queued.matter;
    await sync(context, { signal });
    await posted?.({ story, m: queued.m, index });
    await settle(players, signal);
    acts.push({ act, device, m: queued.m, state: commonState(players, story, matter) });
  }
  if (matter === null) throw new AppError('INTERNAL', { reason: 'story without acts' });
  return { story, matter, acts };
}

function deviceOf(players: Players, { by, device }: StoryAct): Device {
  const found = players.get(by)?.devices[device];
  if (found === undefined) throw new AppError('INTERNAL', { reason: 'no such device' });
  return found;
}

function officeId(players: Players, key: Story['to'][number]) {
  const player = players.get(key);
  if (player === undefined) throw new AppError('INTERNAL', { reason: 'no such office' });
  return player.id;
}

async function settle(players: Players, signal: AbortSignal): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let moved = 0;
    for (const { context } of devicesOf(players)) {
      const { posted, received, sealed } = await sync(context, { force: true, signal });
      moved += posted + sealed + Object.values(received).reduce((sum, count) => sum + count, 0);
    }
    if (moved === 0) return;
  }
}

/** The devices of the offices that take part, the opener's first. */
export function participantsOf(players: Players, story: Story): Device[] {
  const opener = story.acts[0]?.by;
  const keys = [...new Set([...(opener === undefined ? [] : [opener]), ...story.to])];
  return keys.flatMap((key) => players.get(key)?.devices ?? []);
}

/** @throws AppError INTERNAL where two sides see different states: the demonstration would be a lie */
function commonState(players: Players, story: Story, matter: MatterId): string {
  const states = participantsOf(players, story).map(
    ({ context }) => findMatter(context.vault.read, matter)?.state ?? '',
  );
  const [state = ''] = states;
  if (states.some((other) => other !== state))
    throw new AppError('INTERNAL', { reason: `states differ: ${states.join(', ')}` });
  return state;
}
