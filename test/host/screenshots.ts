/**
 * `npm run screenshots [-- --output FOLDER]`: the pictures of the README: eight screens in Chinese and light, home and a matter also in dark and in English.
 *
 * The window is the built one under its own policy; what stands in it is the cast of the demonstration in a busy week, from the same stand-in that the
 * accessibility specs look at, at one fixed moment, so that pictures differ only where the window does. Both verification reports are real: of a package
 * that the demonstration exchanged, once with and once without its revocation list.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import type { VerificationView } from '../../shared/ipc/channels/message.ts';
import { verificationReport } from '../../shared/model/verification-report.ts';
import { PLACES, type Place } from '../e2e/screens/places.ts';
import { type Screens, startScreens } from '../e2e/screens/screens.ts';
import type { Scene } from '../fixtures/fake-bridge/scene.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** As the prototype was drawn. */
const SIZE = { width: 1280, height: 800 };

/** The list of the day from its head, as most days show it. */
const QUIET = { notices: false } as const;

interface Picture {
  readonly name: string;
  readonly place: Place;
  readonly scene?: Partial<Scene>;
  /** Done before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const { values } = parseArgs({ options: { output: { type: 'string', default: join(ROOT, 'docs', 'screens') } } });
const output = resolve(values.output);
const folder = mkdtempSync(join(tmpdir(), 'lexpost-screens-'));
try {
  mkdirSync(output, { recursive: true });
  const reports = makeReports(folder);
  const screens = await startScreens();
  for (const picture of pictures(reports)) {
    const file = join(output, `${picture.name}.png`);
    await draw(screens, picture, file);
    console.log(`${relative(ROOT, file)} ${Math.ceil(statSync(file).size / 1024)} KB`);
  }
  await screens.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Reports {
  readonly passed: VerificationView;
  readonly indeterminate: VerificationView;
}

function pictures({ passed, indeterminate }: Reports): readonly Picture[] {
  const [home, matter] = [placeOf('home'), placeOf('matter')];
  return [
    { name: 'home', place: home, scene: QUIET },
    { name: 'matters', place: placeOf('matters') },
    { name: 'new-request', place: placeOf('draft-staging'), prepare: showMaterials },
    { name: 'sign-review', place: placeOf('draft'), prepare: reviewToItsEnd },
    { name: 'matter', place: matter },
    { name: 'signature-folder', place: placeOf('signature-folder'), prepare: tickWhatIsRead },
    { name: 'directory', place: placeOf('directory') },
    { name: 'verify', place: placeOf('report'), scene: { verification: indeterminate } },
    { name: 'verify-passed', place: placeOf('report'), scene: { verification: passed }, prepare: showDetails },
    { name: 'home-dark', place: home, scene: { ...QUIET, appearance: 'dark' } },
    { name: 'matter-dark', place: matter, scene: { appearance: 'dark' } },
    { name: 'home-en', place: home, scene: { ...QUIET, language: 'en' } },
    { name: 'matter-en', place: matter, scene: { language: 'en' } },
  ];
}

function placeOf(name: string): Place {
  const place = PLACES.find((one) => one.name === name);
  if (place === undefined) throw new Error(`no place ${name}`);
  return place;
}

async function draw(screens: Screens, { place, scene, prepare }: Picture, file: string): Promise<void> {
  const { page, complaints, close } = await screens.open(place, { size: SIZE, ...(scene && { scene }) });
  await prepare?.(page);
  // What was measured only after its data came (charts, grids) draws a moment later
  await page.waitForTimeout(500);
  await page.screenshot({ path: file });
  await close();
  if (complaints.length > 0) throw new Error(`${basename(file)}: ${complaints.join('; ')}`);
}

/** The form is longer than the window: the end of it, with the slots, says more than its beginning. */
async function showMaterials(page: Page): Promise<void> {
  await page.locator('.compose-form').evaluate((form) => form.scrollTo(0, form.scrollHeight));
}

/** The words are longer than the window, too: their end, with signer, date and files by digest. */
async function reviewToItsEnd(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter');
  const words = page.locator('.review-scroll');
  await words.getByRole('table').waitFor();
  await words.evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
}

async function showDetails(page: Page): Promise<void> {
  await page.getByText('详细', { exact: true }).click();
  await page.mouse.move(0, 0);
}

async function tickWhatIsRead(page: Page): Promise<void> {
  for (const box of (await page.getByRole('checkbox', { disabled: false }).all()).slice(0, 3)) await box.check();
  await page.mouse.move(0, 0);
}

/** Of the first package of the demonstration, opened by whom it is for. */
function makeReports(into: string): Reports {
  const demo = join(into, 'demo');
  const key = join(into, 'recipient.pem');
  run(['demo', '--dir', demo]);
  const keys = (name: string): string => join(demo, 'keys', name);
  const parts = ['procuratorate-encryption.key', 'procuratorate-encryption.pem'].map((name) =>
    readFileSync(keys(name)),
  );
  writeFileSync(key, Buffer.concat(parts), { mode: 0o600 });
  const sealed = join(demo, 'sample.lexpost.p7m');
  const open = (...more: readonly string[]): VerificationView => {
    const answer = JSON.parse(run(['package', 'open', sealed, '--key', key, '--trust', keys('ca.pem'), ...more]));
    const { ok: _, code: __, ...report } = answer;
    const size = statSync(sealed).size;
    const parsed = verificationReport.parse({ code: null, ...report });
    return {
      id: '',
      name: '律师异地阅卷申请.lexpost.p7m',
      size,
      at: parsed.validationTime,
      report: parsed,
    } as VerificationView;
  };
  return { passed: open('--crl', keys('ca.crl.pem')), indeterminate: open() };
}

/** A verdict that is not "valid" ends the command with a status of its own: its report stands on stdout all the same. */
function run(args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, ['build/lexpost.mjs', '--json', ...args], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    const { stdout } = error as { readonly stdout?: string };
    if (stdout === undefined || !stdout.includes('"indication"')) throw error;
    return stdout;
  }
}
