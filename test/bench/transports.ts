import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { S3Config, SftpConfig, WebdavConfig } from '../../shared/model/channel-config.ts';
import { writeRandomFile } from '../fixtures/random-file.ts';
import { hasS3Server, startS3Server } from '../fixtures/servers/s3-server.ts';
import { hasSftpServer, startSftpServer } from '../fixtures/servers/sftp-server.ts';
import { makeTlsFiles } from '../fixtures/servers/tls-files.ts';
import { hasWebdavServer, startWebdavServer } from '../fixtures/servers/webdav-server.ts';
import { hasTool } from '../interop/foreign-tool.ts';
import { ensureOffice } from './bench-office.ts';
import { MiB, median, timeProgram } from './measure.ts';
import type { Row, Section } from './table.ts';

const CHILD = fileURLToPath(new URL('./deliver-child.ts', import.meta.url));

interface Peer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What keeps it to so many bytes a second. */
  readonly keepTo: (rate: number) => readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

interface Race {
  readonly kind: 'sftp' | 'webdav' | 's3';
  readonly config: object;
  readonly peers: readonly Peer[];
  readonly stop: () => Promise<void>;
}

export const ROUTES = { sftp: raceSftp, webdav: raceWebdav, s3: raceS3 } as const;

/** A file system in memory, where there is one: a route is compared, not a disk, on which we alone wait until it has what we sent. */
const IN_MEMORY = '/dev/shm';

/** Bytes a second of a line of 1 Gbit/s, the fastest that offices have; each program keeps itself to it. */
const LINE = 125_000_000;

/** A document sealed and delivered against the same document merely sent by what everybody uses, to the same server in the same run. */
export async function benchTransports(
  home: string,
  size: number,
  rounds: number,
  routes: readonly (keyof typeof ROUTES)[],
): Promise<Section[]> {
  const folder = existsSync(IN_MEMORY) ? mkdtempSync(join(IN_MEMORY, 'lx-bench-')) : home;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // Apache's user must pass through it.
  chmodSync(folder, 0o755);
  const document = join(folder, 'dossier');
  writeRandomFile(document, size);
  const office = ensureOffice(home);
  const sections: Section[] = [];
  for (const kind of routes) {
    const start = ROUTES[kind];
    const dir = join(folder, `server-${kind}`);
    mkdirSync(join(dir, 'root'), { recursive: true });
    const race = await start(dir, document);
    if (race === null) continue;
    try {
      const ground = { folder, document, office, size, rounds };
      sections.push(await runRace(race, ground, null), await runRace(race, ground, LINE));
    } finally {
      await race.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  }
  return sections;
}

interface Ground {
  readonly folder: string;
  readonly document: string;
  readonly office: string;
  readonly size: number;
  readonly rounds: number;
}

async function runRace(
  { kind, config, peers }: Race,
  { folder, document, office, size, rounds }: Ground,
  line: number | null,
): Promise<Section> {
  const configFile = join(folder, `${kind}.json`);
  writeFileSync(configFile, JSON.stringify(line === null ? config : { ...config, bandwidth: line }));
  const own = `LexPost, sealed and delivered over ${kind}`;
  const times = new Map<string, number[]>();
  const peaks = new Map<string, number>();
  const note = (name: string, milliseconds: number, peak: number | null): void => {
    times.set(name, [...(times.get(name) ?? []), milliseconds]);
    peaks.set(name, Math.max(peaks.get(name) ?? 0, peak ?? 0));
  };
  for (let round = 0; round < rounds; round++) {
    const args = [CHILD, office, document, join(folder, 'dossier.p7m'), kind, configFile];
    const { stdout } = await timeProgram(process.execPath, args);
    const result: { milliseconds: number; peak: number } = JSON.parse(stdout);
    note(own, result.milliseconds, result.peak);
    for (const { name, command, args: given, keepTo, env } of peers) {
      const all = line === null ? given : [...keepTo(line), ...given];
      const { milliseconds, peak } = await timeProgram(command, all, env === undefined ? {} : { env });
      note(name, milliseconds, peak);
    }
  }
  const rate = (milliseconds: number): number => size / 1e6 / (milliseconds / 1000);
  const ownRate = rate(median(times.get(own) ?? []));
  const rows = [...times].map(([name, all]): Row => {
    const rates = all.map(rate);
    const value = median(rates);
    const compared = name === own ? {} : { ratio: `LexPost is at ${(ownRate / value).toFixed(2)}x` };
    return {
      run: name,
      value,
      unit: 'MB/s',
      least: Math.min(...rates),
      most: Math.max(...rates),
      runs: rounds,
      peak: (peaks.get(name) ?? 0) / MiB,
      ...compared,
    };
  });
  const where = line === null ? 'the loopback' : `a line of ${(line * 8) / 1e9} Gbit/s`;
  return { title: `Deliver ${size / 1e6} MB over ${kind} and ${where}, sealing included`, rows };
}

const keepRclone = (rate: number): readonly string[] => ['--bwlimit', `${rate}B`];

async function raceSftp(dir: string, document: string): Promise<Race | null> {
  if (!hasSftpServer) return null;
  const root = join(dir, 'root');
  const server = await startSftpServer(dir, root);
  const { port } = server.config as SftpConfig;
  const key = join(dir, 'user');
  const options = [
    '-oStrictHostKeyChecking=no',
    '-oUserKnownHostsFile=/dev/null',
    '-oLogLevel=ERROR',
    `-oIdentityFile=${key}`,
  ];
  const batch = join(dir, 'batch');
  writeFileSync(batch, `put ${document} ${root}/by-sftp\n`);
  const peers: Peer[] = [
    {
      name: 'sftp',
      command: 'sftp',
      args: [...options, '-P', String(port), '-b', batch, 'root@127.0.0.1'],
      keepTo: (rate) => ['-l', String(Math.floor((rate * 8) / 1000))],
    },
  ];
  if (hasTool('rclone')) {
    const remote = `:sftp,host=127.0.0.1,port=${port},user=root,key_file=${key},shell_type=none:${root}/by-rclone`;
    peers.push({
      name: 'rclone',
      command: 'rclone',
      args: ['copyto', '--ignore-times', document, remote],
      keepTo: keepRclone,
    });
  }
  return { kind: 'sftp', config: server.config, peers, stop: server.stop };
}

async function raceWebdav(dir: string, document: string): Promise<Race | null> {
  if (!hasWebdavServer || !hasTool('curl')) return null;
  const server = await startWebdavServer(dir, join(dir, 'root'), makeTlsFiles(dir));
  const { url, user, password } = server.config as WebdavConfig;
  const args = [
    '-sS',
    '--fail',
    '--cacert',
    join(dir, 'ca.pem'),
    '-u',
    `${user}:${password}`,
    '-T',
    document,
    `${url}by-curl`,
  ];
  return {
    kind: 'webdav',
    config: server.config,
    peers: [{ name: 'curl -T', command: 'curl', args, keepTo: (rate) => ['--limit-rate', String(rate)] }],
    stop: server.stop,
  };
}

async function raceS3(dir: string, document: string): Promise<Race | null> {
  if (!hasS3Server || !hasTool('rclone')) return null;
  const server = await startS3Server(dir, makeTlsFiles(dir));
  const { endpoint, bucket, accessKeyId, secretAccessKey } = server.config as S3Config;
  // Its S3 client refuses to run with a CA bundle from the environment.
  const { AWS_CA_BUNDLE: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    RCLONE_CONFIG_BOX_TYPE: 's3',
    RCLONE_CONFIG_BOX_PROVIDER: 'Ceph',
    RCLONE_CONFIG_BOX_ENDPOINT: endpoint,
    RCLONE_CONFIG_BOX_ACCESS_KEY_ID: accessKeyId,
    RCLONE_CONFIG_BOX_SECRET_ACCESS_KEY: secretAccessKey,
  };
  const args = [
    'copyto',
    '--ignore-times',
    '--s3-no-check-bucket',
    '--ca-cert',
    join(dir, 'ca.pem'),
    document,
    `box:${bucket}/by-rclone`,
  ];
  return {
    kind: 's3',
    config: server.config,
    peers: [{ name: 'rclone', command: 'rclone', args, keepTo: keepRclone, env }],
    stop: server.stop,
  };
}
