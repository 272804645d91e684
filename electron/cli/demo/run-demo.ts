import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { civilMomentAt } from '../../../shared/procedures/clock/civil-date.ts';
import { writePem } from '../../pki/pem.ts';
import { getOwnVault, listRecipientKeys } from '../../usecases/office/own-vault.ts';
import { type PlayedStory, playStory } from './play-story.ts';
import { printPapers, type SettledAct, setDemoPatterns } from './print-papers.ts';
import { devicesOf, type Players, setUpOffices } from './set-up-offices.ts';
import { type Story, stories } from './story.ts';
import { type Colours, type Verified, verifyStories } from './verify-stories.ts';

export interface DemoResult {
  readonly dir: string;
  readonly stories: readonly PlayedStory[];
  readonly verified: Verified;
  readonly colours: Colours;
  /** PDFs of the papers that the acts produce, story by story. */
  readonly papers: readonly string[];
  /** A package as it lay in a mailbox, with what opens it by hand. */
  readonly sample: {
    readonly package: string;
    readonly certificate: string;
    readonly key: string;
    readonly ca: string;
  };
}

export interface DemoOptions {
  /** Made where it is missing; must be empty. */
  readonly dir: string;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** What is being done, for a line on the screen. */
  readonly step: (step: 'setUp' | 'verify' | Story['key']) => void;
}

/**
 * The main job from end to end: seven offices, one of them on two devices, exchange five requests through a folder and verify everything.
 * @throws AppError FILE_EXISTS where the folder is not empty
 */
export async function runDemo({ dir, now, signal, step }: DemoOptions): Promise<DemoResult> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if ((await readdir(dir)).length > 0) throw new AppError('FILE_EXISTS', { path: dir });
  step('setUp');
  const players = await setUpOffices(dir, now);
  try {
    const sample = await exportSampleKeys(dir, players);
    const played: PlayedStory[] = [];
    const papers: string[] = [];
    setDemoPatterns(players);
    for (const story of stories(civilMomentAt(now().getTime()).date)) {
      step(story.key);
      const posted = async ({ index }: { readonly index: number }): Promise<void> => {
        if (story.key === 'fileReview' && index === 0) await keepSample(dir, players, sample.package);
      };
      const before = papers.length;
      const settled = async (act: SettledAct): Promise<void> => {
        papers.push(...(await printPapers(dir, act, papers.length - before)));
      };
      played.push(await playStory(players, story, { signal, posted, settled }));
    }
    step('verify');
    const { verified, colours } = await verifyStories(players, played, now());
    return { dir, stories: played, verified, colours, papers, sample };
  } finally {
    for (const { context } of devicesOf(players)) await context.vault.close();
  }
}

/** The procuratorate's encryption key, in the clear: for the hand-made check that the demonstration shows, and for nothing else. */
async function exportSampleKeys(dir: string, players: Players): Promise<DemoResult['sample']> {
  const device = players.get('procuratorate')?.devices[0];
  const [pair] = device === undefined ? [] : listRecipientKeys(device.context.vault.read);
  if (pair === undefined) throw new AppError('KEY_MISSING', { usage: 'encrypt' });
  const certificate = join(dir, 'keys', 'procuratorate-encryption.pem');
  const key = join(dir, 'keys', 'procuratorate-encryption.key');
  await writeFile(certificate, writePem('CERTIFICATE', pair.certificate.der));
  await writeFile(key, pair.key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return { package: join(dir, 'sample.lexpost.p7m'), certificate, key, ca: join(dir, 'keys', 'ca.pem') };
}

/** A copy of the first package, taken from the mailbox that it was posted to. */
async function keepSample(dir: string, players: Players, target: string): Promise<void> {
  const device = players.get('procuratorate')?.devices[0];
  if (device === undefined) return;
  const folder = join(dir, 'mailboxes', getOwnVault(device.context.vault.read).address, 'new');
  const [name] = await readdir(folder);
  if (name === undefined) throw new AppError('INTERNAL', { reason: 'nothing was posted' });
  await copyFile(join(folder, name), target);
}
