import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createLab, OFFICES } from '../fixtures/exchange-lab.ts';
import { hasS3Server, type S3Server, startS3Server } from '../fixtures/servers/s3-server.ts';
import { makeTlsFiles } from '../fixtures/servers/tls-files.ts';
import { playCrash, SEED } from './play-crash.ts';
import { introducedOver, leftIn } from './play-over-servers.ts';

/** In all, evenly over the groups. None: not played, for it takes minutes. */
const KILLS = Number(process.env['SOAK_KILLS'] ?? 0);
/** Of three offices each. */
const GROUPS = 10;
const CAST = [OFFICES.firm, OFFICES.procuratorate, OFFICES.pickUp];

describe.skipIf(KILLS === 0 || !hasS3Server)('thirty offices over one bucket, killed again and again', () => {
  let dir: string;
  let server: S3Server;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'lexpost-soak-'));
    mkdirSync(join(dir, 'cache'));
    server = await startS3Server(dir, makeTlsFiles(dir));
    console.log(`soak: ${KILLS} kills, CRASH_SEED=${SEED}`);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  test('lose nothing, apply nothing twice and leave nothing behind', async () => {
    const group = async (number: number): Promise<void> => {
      const lab = createLab(new Date().toISOString());
      try {
        await playCrash(
          {
            label: `group ${number}`,
            share: Math.ceil(KILLS / GROUPS),
            setUp: () => introducedOver(lab, { kind: 's3' }, server.config, CAST),
            findStrays: (_, parties) => leftIn(parties),
            delay: 500,
          },
          lab,
          20 + number,
          join(dir, 'cache'),
        );
      } finally {
        await lab.close();
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: GROUPS }, (_, number) => group(number)));
    const failed = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    if (failed.length > 0) throw new AggregateError(failed, `CRASH_SEED=${SEED}: ${failed.map(String).join('\n')}`);
  });
});
