import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { getOwnVault } from '../../electron/usecases/office/own-vault.ts';
import { setChannel } from '../../electron/usecases/set-channel.ts';
import { listChannels } from '../../electron/vault/repositories/channels.ts';
import type { ChannelKind } from '../../shared/model/channel-config.ts';
import type { Office } from '../../shared/model/office-card.ts';
import { createLab, introduce, type Lab, OFFICES, type Party } from '../fixtures/exchange-lab.ts';
import { SERVERS, type TransportServer } from '../transports/servers.ts';
import { playCrash, SEED } from './play-crash.ts';

/** Kills over each transport. */
const KILLS = Number(process.env['CRASH_RUNS'] ?? 400) / 4;

/** The crash test over some of the servers: each file of tests takes two, so that two run at once. */
export function playOverServers(kinds: readonly ChannelKind[]): void {
  let cache: string;
  beforeAll(() => {
    cache = mkdtempSync(join(tmpdir(), 'lexpost-crash-cache-'));
    console.log(`crash over ${kinds.join(' and ')}: ${KILLS} kills each, CRASH_SEED=${SEED}`);
  });
  afterAll(() => rmSync(cache, { recursive: true, force: true }));

  for (const [number, server] of SERVERS.entries()) {
    if (!kinds.includes(server.kind)) continue;
    test.skipIf(!server.isInstalled)(`loses nothing and applies nothing twice over ${server.kind}`, async () => {
      const dir = mkdtempSync(join(tmpdir(), 'lexpost-crash-server-'));
      mkdirSync(join(dir, 'root'));
      const running = await server.start(dir);
      const lab = createLab(new Date().toISOString());
      try {
        await playCrash(
          {
            label: server.kind,
            share: KILLS,
            setUp: () => introducedOver(lab, server, running.config, [OFFICES.firm, OFFICES.procuratorate]),
            findStrays: (_, parties) => leftIn(parties),
            delay: 500,
          },
          lab,
          10 + number,
          cache,
        );
      } catch (error) {
        if (error instanceof Error) error.message = `CRASH_SEED=${SEED}, ${server.kind}: ${error.message}`;
        throw error;
      } finally {
        await lab.close();
        await running.stop();
        rmSync(dir, { recursive: true, force: true });
      }
    });
  }
}

/** Offices that know each other and have one route. */
export async function introducedOver(
  lab: Lab,
  { kind }: Pick<TransportServer, 'kind'>,
  config: unknown,
  cast: readonly Office[],
): Promise<Party[]> {
  const parties: Party[] = [];
  for (const office of cast) parties.push(await lab.addOffice(office));
  await introduce(lab.share, parties);
  const offices = cast.map(({ id }) => id);
  // Under the same name: the folder is no route any more.
  for (const { context } of parties) setChannel(context, { id: 'share', kind, config, offices, by: 'test' });
  return parties;
}

/** Everything that was put was taken, by its owner. */
export async function leftIn(parties: readonly Party[]): Promise<string[]> {
  const left: string[] = [];
  for (const { context, office } of parties) {
    for (const channel of listChannels(context.vault.read)) {
      const mailbox = await context.mailboxes.open(channel);
      const entries = await mailbox.list(getOwnVault(context.vault.read).address);
      left.push(...entries.map(({ name }) => `${office.id}: ${name}`));
    }
    await context.mailboxes.close();
  }
  return left;
}
