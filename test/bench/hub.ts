import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Mailbox } from '../../electron/exchange/mailbox.ts';
import { randomMailboxName } from '../../electron/exchange/mailbox-name.ts';
import { openS3Mailbox } from '../../electron/exchange/transports/s3-mailbox.ts';
import { bufferSource } from '../../electron/files/bytes.ts';
import type { S3Config } from '../../shared/model/channel-config.ts';
import { countRequests, noRequests, REQUEST_KINDS, type RequestCounts, sumOf } from '../fixtures/count-requests.ts';
import { type HubResult, simulateHub } from '../fixtures/hub-simulation.ts';
import { memorySink } from '../fixtures/memory-bytes.ts';
import { type CountingStore, startCountingStore } from '../fixtures/servers/counting-store.ts';
import { hasS3Server, startS3Server } from '../fixtures/servers/s3-server.ts';
import { makeTlsFiles } from '../fixtures/servers/tls-files.ts';
import { ensureOffice, loadOffice } from './bench-office.ts';
import { median, percentile } from './measure.ts';
import { sealOne } from './package-work.ts';
import type { Row, Section } from './table.ts';

export interface HubSizes {
  readonly offices: number;
  /** Through the counting store. */
  readonly messages: number;
  /** Through Ceph, where it is installed. */
  readonly cephMessages: number;
  /** Numbers of messages that lie in other mailboxes while an empty one is polled, in the counting store and in Ceph. */
  readonly kept: readonly number[];
  readonly cephKept: readonly number[];
}

const DOCUMENT = 20 * 1024;
const PACKAGES = 8;
const WIDTH = 8;
const POLLS = 300;
const WARM_UP = 30;

/**
 * One object store as the hub of many offices: the product's own mailbox over a store in this process that counts what it is asked, and a slice of the same
 * over Ceph. What is exact is the number of requests; how many of them a second is this machine's, which runs the offices and the store at once.
 */
export async function benchHub(folder: string, sizes: HubSizes): Promise<Section[]> {
  const packages = await sealPackages(folder);
  const sections: Section[] = [];
  const counting = await startCountingStore();
  try {
    const ground: Ground = { name: 'counting store', config: counting.config, packages, counting };
    sections.push(await exchange(ground, sizes.offices, sizes.messages));
    sections.push(await pollBesideKept(ground, sizes.kept, async (count) => counting.fill(count)));
    sections.push(await pollTurns(ground, sizes.offices));
  } finally {
    await counting.stop();
  }
  if (hasS3Server) sections.push(...(await benchCeph(folder, packages, sizes)));
  return sections;
}

async function benchCeph(folder: string, packages: readonly Buffer[], sizes: HubSizes): Promise<Section[]> {
  const dir = join(folder, 'hub-server');
  mkdirSync(dir, { recursive: true });
  const server = await startS3Server(dir, makeTlsFiles(dir));
  try {
    const ground: Ground = { name: 'Ceph radosgw, TLS', config: server.config as S3Config, packages, counting: null };
    const fill = (count: number): Promise<void> => putKept(ground, count);
    return [
      await exchange(ground, sizes.offices, sizes.cephMessages),
      await pollBesideKept(ground, sizes.cephKept, fill),
      await pollTurns(ground, sizes.offices),
    ];
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

interface Ground {
  readonly name: string;
  readonly config: S3Config;
  readonly packages: readonly Buffer[];
  readonly counting: CountingStore | null;
}

async function sealPackages(folder: string): Promise<Buffer[]> {
  const office = loadOffice(ensureOffice(folder));
  const packages: Buffer[] = [];
  for (let index = 0; index < PACKAGES; index++) {
    const sink = memorySink();
    await sealOne(office, bufferSource(Buffer.alloc(DOCUMENT, index)), sink, new Date());
    packages.push(sink.bytes());
  }
  return packages;
}

const addressesOf = (count: number) => Array.from({ length: count }, () => randomMailboxName());

async function exchange(ground: Ground, offices: number, messages: number): Promise<Section> {
  const { config, packages, counting } = ground;
  const counter = countRequests();
  const before = counting === null ? noRequests() : { ...counting.counts };
  const bytes = { ...counting?.bytes };
  const options = {
    open: () => openS3Mailbox(config),
    addresses: addressesOf(offices),
    messages,
    packages,
    width: WIDTH,
  };
  const result = await simulateHub(options);
  counter.stop();
  if (counting !== null) assertAgree(counter.counts, before, counting.counts);
  const size = packages[0]?.length ?? 0;
  const title = `${offices.toLocaleString('en')} offices exchange ${messages.toLocaleString('en')} packages of ${size.toLocaleString('en')} bytes over one object store (${ground.name})`;
  const rows = [...exchangeRows(result, counter.counts, messages)];
  if (counting !== null) {
    rows.push(one('bytes in, per message', (counting.bytes.in - (bytes.in ?? 0)) / messages, 'bytes'));
    rows.push(
      one('bytes out, per message, polls included', (counting.bytes.out - (bytes.out ?? 0)) / messages, 'bytes'),
    );
  }
  return { title, rows };
}

/** What the client says that it asked is what the store says that it was asked. */
function assertAgree(asked: RequestCounts, before: RequestCounts, after: RequestCounts): void {
  for (const kind of REQUEST_KINDS) {
    if (asked[kind] !== after[kind] - before[kind])
      throw new Error(`${kind}: ${asked[kind]} asked, ${after[kind] - before[kind]} counted`);
  }
}

function exchangeRows(
  { elapsed, latencies, polls, emptyPolls, turn }: HubResult,
  counts: RequestCounts,
  messages: number,
): Row[] {
  const seconds = elapsed / 1000;
  const beyondPolls = { ...counts, list: counts.list - polls };
  const perMessage = REQUEST_KINDS.filter((kind) => beyondPolls[kind] > 0)
    .map((kind) => `${kind} ${(beyondPolls[kind] / messages).toFixed(3)}`)
    .join(', ');
  const latency: Row = {
    run: 'from put to taken, least – most is p5 – p95',
    value: median(latencies),
    unit: 'ms',
    least: percentile(latencies, 0.05),
    most: percentile(latencies, 0.95),
    runs: latencies.length,
    ratio: `${(median(latencies) / turn).toFixed(2)}x of one turn of polling all mailboxes, ${turn.toFixed(0)} ms`,
  };
  return [
    { ...one('messages', messages / seconds, '/s'), peak: process.resourceUsage().maxRSS / 1024 },
    one('requests', sumOf(counts) / seconds, '/s'),
    latency,
    { ...one('requests per message, polls apart', sumOf(beyondPolls) / messages, 'requests'), ratio: perMessage },
    { ...one('polls', polls, 'requests'), ratio: `${emptyPolls} of them found nothing` },
  ];
}

const one = (run: string, value: number, unit: string): Row => ({
  run,
  value,
  unit,
  least: value,
  most: value,
  runs: 1,
});

async function putKept({ config }: Ground, count: number): Promise<void> {
  const boxes = Array.from({ length: WIDTH }, () => openS3Mailbox(config));
  const addresses = addressesOf(1000);
  let next = 0;
  const put = async (box: Mailbox): Promise<void> => {
    while (next < count) {
      const address = addresses[next++ % addresses.length];
      if (address !== undefined) await box.put(address, randomMailboxName(), bufferSource(Buffer.from('kept')));
    }
    await box.close();
  };
  await Promise.all(boxes.map(put));
}

/** An empty mailbox is polled while more and more lies in the others. */
async function pollBesideKept(
  ground: Ground,
  kept: readonly number[],
  fill: (count: number) => Promise<void>,
): Promise<Section> {
  const rows: Row[] = [];
  let there = 0;
  for (const count of kept) {
    await fill(count - there);
    there = count;
    rows.push(await pollEmpty(ground, count));
  }
  const first = rows[0]?.value ?? Number.NaN;
  const compared = rows.map((row) => ({
    ...row,
    ratio: `${row.ratio}, ${(row.value / first).toFixed(2)}x of the first`,
  }));
  return { title: `One poll of an empty mailbox beside what other mailboxes keep (${ground.name})`, rows: compared };
}

async function pollEmpty({ config, counting }: Ground, kept: number): Promise<Row> {
  const box = openS3Mailbox(config);
  for (const address of addressesOf(WARM_UP)) await box.list(address);
  const counter = countRequests();
  const out = counting?.bytes.out ?? 0;
  const times: number[] = [];
  for (const address of addressesOf(POLLS)) {
    const started = performance.now();
    await box.list(address);
    times.push(performance.now() - started);
  }
  counter.stop();
  await box.close();
  const size = counting === null ? '' : `, ${((counting.bytes.out - out) / POLLS).toFixed(0)} bytes`;
  return {
    run: `${kept.toLocaleString('en')} kept`,
    value: median(times),
    unit: 'ms',
    least: percentile(times, 0.05),
    most: percentile(times, 0.95),
    runs: POLLS,
    ratio: `${sumOf(counter.counts) / POLLS} request${size}`,
  };
}

/** One turn of polling: every office once, one package waiting for every tenth. */
async function pollTurns(ground: Ground, most: number): Promise<Section> {
  const rows: Row[] = [];
  for (let offices = Math.max(10, most / 100); offices <= most; offices *= 10) {
    const box = openS3Mailbox(ground.config);
    const addresses = addressesOf(offices);
    for (const address of addresses.filter((_, index) => index % 10 === 0)) {
      await box.put(address, randomMailboxName(), bufferSource(Buffer.from('waiting')));
    }
    const counter = countRequests();
    const started = performance.now();
    let found = 0;
    for (const address of addresses) found += (await box.list(address)).length;
    const elapsed = performance.now() - started;
    counter.stop();
    await box.close();
    if (found !== offices / 10) throw new Error(`${found} found of ${offices / 10}`);
    rows.push({
      ...one(`${offices.toLocaleString('en')} offices, one after the other`, elapsed / offices, 'ms a poll'),
      ratio: `${sumOf(counter.counts) / offices} request a poll`,
    });
  }
  return { title: `One turn of polling by number of offices (${ground.name})`, rows };
}
