import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileSource } from '../../electron/files/bytes.ts';
import { exportDocument } from '../../electron/usecases/export-document.ts';
import { listRejected } from '../../electron/usecases/list-rejected.ts';
import { getOwnVault } from '../../electron/usecases/office/own-vault.ts';
import { openMailbox } from '../../electron/usecases/open-mailbox.ts';
import { openOfficeVault } from '../../electron/usecases/open-office-vault.ts';
import { showMessage } from '../../electron/usecases/show-message.ts';
import { sync } from '../../electron/usecases/sync.ts';
import { listChannels } from '../../electron/vault/repositories/channels.ts';
import { findMessage } from '../../electron/vault/repositories/messages.ts';
import type { Bytes, M } from '../../shared/model/brand.ts';
import { createLab, type Lab, PASSPHRASE, type Party, send, syncAll } from '../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../fixtures/forms.ts';
import { endOf, startLexpost } from '../fixtures/lexpost-command.ts';
import { writeRandomFile } from '../fixtures/random-file.ts';
import type { Direction } from '../fixtures/servers/cutting-proxy.ts';
import type { RunningServer } from '../fixtures/servers/processes.ts';
import { createRandom } from '../fuzz/random.ts';
import { addPair, type Pair } from './add-pair.ts';
import { type Line, openLine } from './lines.ts';
import { PLACES } from './servers.ts';

const MiB = 1024 * 1024;
const SIZE: Bytes = Number(process.env['TRANSPORT_MEGABYTES'] ?? 256) * MiB;
const SEED = Number(process.env['TRANSPORT_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const CUTS = 20;
/** What no cut may cost, on the wire, with all that SSH or TLS and HTTP put around it. */
const MOST_AGAIN: Bytes = 32 * MiB;

let dir: string;
let lab: Lab;
let server: RunningServer;
let pair: Pair;
let lines: Record<Direction, Line>;
let digest: string;
let m: M;

// Mail has no parts to go on with, and its own test.
for (const { kind, isInstalled, start } of PLACES.filter((place) => place.kind !== 'mail')) {
  const hasServer = kind !== 'folder';
  describe.skipIf(!isInstalled)(`a dossier of ${SIZE / MiB} MiB over ${kind}`, () => {
    beforeAll(async () => {
      console.log(`${kind}: TRANSPORT_SEED=${SEED}`);
      dir = mkdtempSync(join(tmpdir(), 'lexpost-dossier-'));
      mkdirSync(join(dir, 'root'));
      writeFileSync(join(dir, 'pw'), PASSPHRASE);
      const running = await start(dir);
      server = running;
      lines = {
        up: await openLine(kind, running.config, 'up', SIZE),
        down: await openLine(kind, running.config, 'down', SIZE),
      };
      lab = createLab(new Date().toISOString());
      pair = await addPair(lab, kind, { firm: sideOf(lines.up), lead: sideOf(lines.down) });
      writeRandomFile(join(dir, 'dossier'), SIZE);
      digest = await digestOfFile(join(dir, 'dossier'));
    });
    afterAll(async () => {
      await lab?.close();
      for (const line of Object.values(lines ?? {})) await line.close();
      await server?.stop();
      rmSync(dir, { recursive: true, force: true });
    });

    test('goes up through twenty cuts, the death of the sender and of the server, and no cut costs 32 MiB', async () => {
      const { firm, lead } = pair;
      m = await sendDossier(firm, lead);
      const attempts = await interruptAll({ party: firm, line: lines.up, direction: 'up', hasServer });
      const tried = showMessage(firm.context, m);
      expect(tried.delivery).toMatchObject([{ office: lead.office.id, status: 'queued', colour: 'grey' }]);
      // The process that was killed had no time to note its own.
      expect(tried.attempts.map(({ code }) => code)).toEqual(Array(CUTS + Number(hasServer)).fill('ROUTE_UNAVAILABLE'));
      expect(
        (await waitingFor(lead)).filter((size) => size > MiB),
        'half a package is never listed',
      ).toEqual([]);
      expect(await sync(firm.context, { force: true })).toMatchObject({ unreachable: [] });
      expect(showMessage(firm.context, m).delivery).toMatchObject([{ status: 'posted', colour: 'orange' }]);
      report(kind, 'up', lines.up, attempts);
    });

    test('comes down through twenty cuts, the death of the receiver and of the server, whole, once, and no cut costs 32 MiB', async () => {
      const { firm, lead } = pair;
      const attempts = await interruptAll({ party: lead, line: lines.down, direction: 'down', hasServer });
      expect(findMessage(lead.context.vault.read, m)).toBeNull();
      expect(await sync(lead.context, { force: true })).toMatchObject({ received: { accepted: 1 }, unreachable: [] });
      report(kind, 'down', lines.down, attempts);
      expect(await digestOfDocument(lead, m)).toBe(digest);
      await syncAll([firm, lead]);
      expect(showMessage(firm.context, m).delivery).toMatchObject([{ status: 'delivered', colour: 'green' }]);
      for (const { context } of [firm, lead]) expect(listRejected(context).items).toEqual([]);
      expect([await waitingFor(lead), await waitingFor(firm)]).toEqual([[], []]);
      expect(readdirSync(join(lead.dir, 'incoming'))).toEqual([]);
      expect(readdirSync(join(firm.dir, 'outgoing'))).toEqual([]);
    });
  });
}

const sideOf = ({ config, openMailbox: open }: Line) => ({ config, options: { context: { openMailbox: open } } });

async function sendDossier(firm: Party, lead: Party): Promise<M> {
  const source = await fileSource(join(dir, 'dossier'));
  const document = { source, name: '卷宗.bin', kind: 'other', mediaType: 'application/octet-stream' } as const;
  const target = { type: 'file-review', to: [lead.office.id] } as const;
  const sent = await send(firm, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {}, documents: [document] });
  await source.close();
  return sent.m;
}

interface Way {
  readonly party: Party;
  readonly line: Line;
  readonly direction: Direction;
  readonly hasServer: boolean;
}

interface Attempt {
  readonly number: number;
  /** What this process cannot watch: the attempts of a child. */
  readonly isChild: boolean;
  /** Bytes on the wire until it ended. */
  readonly wire: Bytes;
}

/** First the office's own process dies, then the line is cut at random bytes of the package, and once it is the server that dies. The vault is opened anew each time. */
async function interruptAll(way: Way): Promise<Attempt[]> {
  const random = createRandom(SEED);
  const attempts: Attempt[] = [];
  if (way.hasServer) attempts.push(await killChild(way, 1 + random.below(SIZE / 4)));
  const deaths = Number(way.hasServer);
  const offsets = Array.from({ length: CUTS + deaths }, () => random.below(SIZE)).sort((a, b) => a - b);
  for (const [index, offset] of offsets.entries()) {
    attempts.push(await interruptOnce(way, offset, way.hasServer && index === CUTS / 2));
  }
  return attempts;
}

/** The command, as a process of its own, dies without a word once so many bytes went over the line. */
async function killChild({ party, line, direction }: Way, bytes: Bytes): Promise<Attempt> {
  await party.context.vault.close();
  const child = startLexpost(['sync', '--retry', '--vault', party.dir, '--passphrase-file', join(dir, 'pw')], {
    cwd: dir,
  });
  line.after(direction, bytes, () => void child.kill('SIGKILL'));
  const { exit, stdout, stderr } = await endOf(child);
  if (exit !== null) throw new Error(`the child ended by itself: ${stdout} ${stderr}`);
  const attempt = { number: line.attempt(), isChild: true, wire: line.relayed(direction) };
  line.restore();
  await reopenOver(party, line);
  return attempt;
}

async function interruptOnce({ party, line, direction }: Way, offset: Bytes, byServer: boolean): Promise<Attempt> {
  let dying: Promise<void> | null = null;
  let isDone = false;
  line.at(offset, () => {
    isDone = true;
    if (byServer) dying = server.kill();
    else line.cut();
  });
  // The first one only learns of the offer.
  for (let tries = 0; !isDone && tries < 3; tries++) {
    const { unreachable, failed } = await sync(party.context, { force: true });
    if (isDone) expect(new Set(unreachable.map(({ code }) => code))).toEqual(new Set(['ROUTE_UNAVAILABLE']));
    expect(failed).toEqual([]);
  }
  expect(isDone, `never came to byte ${offset}, TRANSPORT_SEED=${SEED}`).toBe(true);
  const attempt = { number: line.attempt(), isChild: false, wire: line.relayed(direction) };
  await dying;
  if (byServer) await server.start();
  line.restore();
  await party.context.vault.close();
  await reopenOver(party, line);
  return attempt;
}

async function reopenOver(party: Party, line: Line): Promise<void> {
  party.context = await openOfficeVault({
    dir: party.dir,
    secret: { passphrase: PASSPHRASE },
    now: () => lab.clock.now,
    program: 'test',
    openMailbox: line.openMailbox,
  });
}

/** Sizes of what lies in an office's mailbox; the offer may be there before what it announces. */
async function waitingFor({ context }: Party): Promise<Bytes[]> {
  const [channel] = listChannels(context.vault.read);
  if (channel === undefined) throw new Error('no route');
  const mailbox = await openMailbox(channel);
  const entries = await mailbox.list(getOwnVault(context.vault.read).address);
  await mailbox.close();
  return entries.map(({ size }) => size);
}

/** What went over the wire and was not kept went again. */
function report(kind: string, direction: Direction, line: Line, attempts: readonly Attempt[]): void {
  const again = attempts.map(({ number, isChild, wire }) => wire - line.kept(isChild ? 0 : number));
  const inMiB = (bytes: number): string => (bytes / MiB).toFixed(1);
  const mean = again.reduce((sum, bytes) => sum + bytes, 0) / again.length;
  console.log(
    `${kind} ${direction}: ${again.length} interruptions, sent again ${inMiB(mean)} MiB each, at most ${inMiB(Math.max(...again))}`,
  );
  expect(Math.max(...again), `TRANSPORT_SEED=${SEED}`).toBeLessThan(MOST_AGAIN);
}

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

async function digestOfDocument({ context }: Party, of: M): Promise<string> {
  const hash = createHash('sha256');
  const sink = { write: async (chunk: Buffer) => void hash.update(chunk) };
  await exportDocument(context, { m: of, index: 0, sink, by: 'test' });
  return hash.digest('hex');
}
