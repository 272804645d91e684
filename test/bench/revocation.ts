import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { integer } from '../../electron/pki/asn1/der-writer.ts';
import { parseCrl } from '../../electron/pki/crl.ts';
import { issueCrl } from '../../electron/pki/issue/issue-crl.ts';
import { validatePath } from '../../electron/pki/path/validate-path.ts';
import { writePem } from '../../electron/pki/pem.ts';
import { daysFrom, makeCa, makeLeaf, pathRequest } from '../fixtures/pki-material.ts';
import { hasTool } from '../interop/foreign-tool.ts';
import { median } from './measure.ts';
import type { Row, Section } from './table.ts';

const NOW = new Date();
const life = { notBefore: daysFrom(-30, NOW), notAfter: daysFrom(300, NOW) };

/** Milliseconds of each of `runs` runs. */
function timed(run: string, runs: number, task: () => unknown): Row {
  const times: number[] = [];
  for (let index = 0; index < runs; index++) {
    const started = performance.now();
    task();
    times.push(performance.now() - started);
  }
  return { run, value: median(times), unit: 'ms', least: Math.min(...times), most: Math.max(...times), runs };
}

/** Paths a second, the list parsed once, as a vault keeps it. */
function rated(run: string, rounds: number, count: number, task: () => unknown): Row {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    for (let index = 0; index < count; index++) task();
    rates.push(count / ((performance.now() - started) / 1000));
  }
  return { run, value: median(rates), unit: '/s', least: Math.min(...rates), most: Math.max(...rates), runs: rounds };
}

/** A list of `entries` certificates: read, looked up, and used for paths of three certificates. */
export function benchRevocation(folder: string, entries: number, rounds: number): Section {
  const root = makeCa('bench root', life);
  const ca = makeCa('bench CA', { ...life, issuer: root });
  const leaf = makeLeaf('bench leaf', { ...life, issuer: ca });
  const times = { thisUpdate: daysFrom(-1, NOW), nextUpdate: daysFrom(6, NOW), number: 1 };
  const revoked = Array.from({ length: entries }, (_, index) => ({
    serial: integer(1_000_000 + index).subarray(2),
    revokedAt: daysFrom(-2, NOW),
    reason: 4 as const,
  }));
  const large = issueCrl({ ...times, revoked }, ca);
  const lists = [issueCrl({ ...times, revoked: [] }, root), large];
  const request = { untrusted: [ca.certificate], crls: lists, at: NOW, revocation: 'require' as const };
  const validate = () => validatePath(pathRequest(leaf.certificate, root.certificate, request));
  if (validate().indication !== 'TOTAL_PASSED') throw new Error('the path does not pass');
  const rows = [
    timed(`read a list of ${entries} entries (${(large.der.length / 1e6).toFixed(1)} MB)`, 4 * rounds, () =>
      parseCrl(large.der),
    ),
    timed('read it, validate one path with it', 4 * rounds, () =>
      validatePath(
        pathRequest(leaf.certificate, root.certificate, { ...request, crls: [lists[0] ?? large, parseCrl(large.der)] }),
      ),
    ),
    rated('validate a path of three with both lists at hand', rounds, 500, validate),
  ];
  if (hasTool('openssl')) {
    const path = join(folder, 'large.crl');
    writeFileSync(path, large.der);
    writeFileSync(join(folder, 'bench-ca.pem'), writePem('CERTIFICATE', ca.certificate.der));
    rows.push(
      timed('openssl crl -verify, a process', 4 * rounds, () =>
        execFileSync(
          'openssl',
          ['crl', '-inform', 'DER', '-in', path, '-noout', '-CAfile', join(folder, 'bench-ca.pem')],
          {
            stdio: 'pipe',
          },
        ),
      ),
    );
  }
  return { title: 'revocation lists', rows };
}
