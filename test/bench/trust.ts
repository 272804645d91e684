import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCertificate } from '../../electron/pki/certificate.ts';
import { parseCrl } from '../../electron/pki/crl.ts';
import { issueCrl } from '../../electron/pki/issue/issue-crl.ts';
import type { KeyAlgorithm } from '../../electron/pki/keys.ts';
import { validatePath } from '../../electron/pki/path/validate-path.ts';
import { writePem } from '../../electron/pki/pem.ts';
import { HOSTILE_GRAPHS } from '../fixtures/hostile-graphs.ts';
import { AT, daysFrom, type Made, makeCa, makeLeaf, pathRequest } from '../fixtures/pki-material.ts';
import { hasTool } from '../interop/foreign-tool.ts';
import { median, timeProgram } from './measure.ts';
import type { Row, Section } from './table.ts';

interface Chains {
  readonly root: Made;
  readonly sub: Made;
  readonly leaves: readonly Made[];
  readonly crls: readonly Buffer[];
}

/** Leaves under one CA under one root, and a list of each. */
function makeChains(algorithm: KeyAlgorithm, count: number): Chains {
  const root = makeCa('root', { algorithm });
  const sub = makeCa('sub', { issuer: root, algorithm });
  const leaves = Array.from({ length: count }, (_, index) => makeLeaf(`leaf ${index}`, { issuer: sub }));
  const times = { thisUpdate: daysFrom(-1), nextUpdate: daysFrom(6), number: 1, revoked: [] };
  return { root, sub, leaves, crls: [root, sub].map((issuer) => issueCrl(times, issuer).der) };
}

/** Root, CA and lists are read once, as openssl reads its store; every leaf is read, and its signature verified, for the first time. */
function validateAll({ root, sub, leaves, crls: lists }: Chains): void {
  const crls = lists.map(parseCrl);
  const anchors = [parseCertificate(root.certificate.der)];
  const untrusted = [parseCertificate(sub.certificate.der)];
  for (const { certificate } of leaves) {
    const leaf = parseCertificate(certificate.der);
    const request = pathRequest(leaf, root.certificate, { anchors, untrusted, crls, revocation: 'require' });
    if (validatePath(request).indication !== 'TOTAL_PASSED') throw new Error('a good chain did not pass');
  }
}

function rate(run: string, counts: readonly number[]): Row {
  return {
    run,
    value: median(counts),
    unit: '/s CPU',
    least: Math.min(...counts),
    most: Math.max(...counts),
    runs: counts.length,
  };
}

/** Processor seconds of this process: what the machine does besides does not count. */
function ownSeconds(task: () => void): number {
  const before = process.cpuUsage();
  task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

/** Processor seconds of a program, as the shell that ran it tells them: "0m0.25s 0m0.01s", its own time first, that of its children below. */
async function programSeconds(command: string, args: readonly string[]): Promise<number> {
  const { stdout } = await timeProgram('sh', ['-c', '"$@" > /dev/null && times', 'sh', command, ...args]);
  const times = [...(stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  if (times.length !== 2) throw new Error(`no times: ${stdout}`);
  return times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

async function repeat(rounds: number, count: number, seconds: () => number | Promise<number>): Promise<number[]> {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) rates.push(count / (await seconds()));
  return rates;
}

async function compare(folder: string, algorithm: KeyAlgorithm, rounds: number, count: number): Promise<Row[]> {
  const chains = makeChains(algorithm, count);
  for (let round = 0; round < 3; round++) validateAll(chains);
  const own = rate(
    `LexPost, two CRLs, ${algorithm}`,
    await repeat(rounds, count, () => ownSeconds(() => validateAll(chains))),
  );
  if (!hasTool('openssl')) return [own];
  const home = join(folder, `trust-${algorithm}`);
  mkdirSync(home);
  const file = (name: string, label: string, ...ders: readonly Buffer[]): string => {
    writeFileSync(join(home, name), ders.map((der) => writePem(label, der)).join(''));
    return join(home, name);
  };
  const args = [
    ['-CAfile', file('root.pem', 'CERTIFICATE', chains.root.certificate.der)],
    ['-untrusted', file('sub.pem', 'CERTIFICATE', chains.sub.certificate.der)],
    ['-CRLfile', file('lists.pem', 'X509 CRL', ...chains.crls)],
    ['-crl_check_all', '-attime', String(AT.getTime() / 1000)],
    chains.leaves.map(({ certificate }, index) => file(`${index}.pem`, 'CERTIFICATE', certificate.der)),
  ];
  const openssl = await repeat(rounds, count, () => programSeconds('openssl', ['verify', ...args.flat()]));
  const foreign = rate(`openssl verify -crl_check_all, one process, ${algorithm}`, openssl);
  return [own, { ...foreign, ratio: `LexPost is at ${(own.value / foreign.value).toFixed(2)}x` }];
}

/** One validation, at first sight and once the code is warm. */
function hostileRows(rounds: number): Row[] {
  return Object.entries(HOSTILE_GRAPHS).map(([name, build]) => {
    const { request } = build();
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      times.push(ownSeconds(() => validatePath(request)) * 1000);
    }
    const [least, most] = [Math.min(...times), Math.max(...times)];
    return { run: name, value: median(times), unit: 'ms CPU', least, most, runs: rounds, ratio: 'goal: 200 ms' };
  });
}

/** Path validation with lists on one thread, and what hostile graphs cost until they are refused. */
export async function benchTrust(folder: string, rounds: number, count: number): Promise<Section[]> {
  const rows = [
    ...(await compare(folder, 'p256', rounds, count)),
    ...(await compare(folder, 'rsa3072', rounds, Math.ceil(count / 2))),
  ];
  return [
    { title: 'path validation: leaf, CA, root, with CRLs, one thread', rows },
    { title: 'hostile graphs, refused', rows: hostileRows(rounds) },
  ];
}
