import { AppError } from '../../../shared/errors.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import { findAct } from '../../../shared/procedures/act-of-form.ts';
import { findProcedureByName } from '../../../shared/procedures/find-procedure.ts';
import type { MatterClock } from '../../../shared/procedures/matter-clock.ts';
import type { Procedure } from '../../../shared/procedures/procedure.ts';
import { bufferSource } from '../../files/bytes.ts';
import { sendMessage } from '../../usecases/send-message.ts';
import { sync } from '../../usecases/sync.ts';
import { listMatterClocks } from '../../vault/repositories/matter-clocks.ts';
import { findMatter } from '../../vault/repositories/matters.ts';
import { samplePdf } from './sample-pdf.ts';
import { type Device, devicesOf, type Players } from './set-up-offices.ts';
import type { Story, StoryAct } from './story.ts';

/** One act as it went. */
export interface PlayedAct {
  readonly act: StoryAct;
  readonly device: Device;
  readonly m: M;
  /** Of the procedure's act, and the template ids of the papers that it produces. */
  readonly id: string;
  readonly papers: readonly string[];
  /** The state of the matter after it, and its clocks: the same in every vault that takes part. */
  readonly state: string;
  readonly clocks: readonly MatterClock[];
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
  /** After everybody has it: here the papers that the act produces can be made. */
  readonly settled?: (done: {
    readonly story: Story;
    readonly matter: MatterId;
    readonly played: PlayedAct;
  }) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Each act is signed by its office, exchanged until nothing moves any more, and looked at from every side. */
export async function playStory(
  players: Players,
  story: Story,
  { posted, settled, signal }: PlayHooks,
): Promise<PlayedStory> {
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
    const performed = findAct(getProcedure(story), act.act, act.form);
    const { id = '', papers = [] } = performed ?? {};
    const played: PlayedAct = { act, device, m: queued.m, id, papers, ...commonView(players, story, matter) };
    await settled?.({ story, matter, played });
    acts.push(played);
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

/** @throws AppError INTERNAL where two sides see different states or clocks: the demonstration would be a lie */
function commonView(players: Players, story: Story, matter: MatterId): Pick<PlayedAct, 'state' | 'clocks'> {
  const views = participantsOf(players, story).map(({ context: { vault } }) => ({
    state: findMatter(vault.read, matter)?.state ?? '',
    clocks: listMatterClocks(vault.read, matter),
  }));
  const [view] = views;
  if (view === undefined || views.some((other) => JSON.stringify(other) !== JSON.stringify(view))) {
    throw new AppError('INTERNAL', { reason: `views differ: ${JSON.stringify(views).slice(0, 2_000)}` });
  }
  return view;
}

function getProcedure({ name }: Story): Procedure {
  const procedure = findProcedureByName(name);
  if (procedure === null) throw new AppError('INTERNAL', { reason: `no procedure ${name}` });
  return procedure;
}
