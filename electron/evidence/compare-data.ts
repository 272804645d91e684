import type { ReportCheck } from '../../shared/model/verification-report.ts';
import type { MatterClock } from '../../shared/procedures/matter-clock.ts';
import { readAll } from '../files/bytes.ts';
import type { Certificate } from '../pki/certificate.ts';
import { SIZE_LIMITS } from './bundle-limits.ts';
import { calendarFile, parseFile, type Role, rulesFile, toBytes, trustFile } from './bundle-manifest.ts';
import { calendarOf, rulesOf } from './clock-data.ts';
import type { BundleFile } from './read-bundle.ts';

/** Rules and days must be those of this program, or the dates are others. */
export async function compareData(
  files: readonly BundleFile[],
  clocks: readonly MatterClock[],
): Promise<readonly ReportCheck[]> {
  const rules = await readData(files, 'rules', rulesFile);
  const calendar = await readData(files, 'calendar', calendarFile);
  const trust = await readData(files, 'trust', trustFile);
  const hasReport = files.some(({ role }) => role === 'report');
  const verdict = (id: string, ok: boolean | null, detail: string): ReportCheck => ({ id, ok, detail });
  return [
    verdict('clock-rules', isSame(rulesOf(clocks), rules), 'rows as this program counts by'),
    verdict('clock-calendar', isSame(calendarOf(clocks), calendar), 'days as this program counts by'),
    verdict('trust-snapshot', trust !== null, 'shown, never used'),
    // whoever rebuilds the list can put another one in its place: read what was computed instead
    verdict('printed-report', hasReport ? null : false, hasReport ? 'not judged: nobody signed it' : 'none'),
  ];
}

/** Anchors that the bundle says its maker trusted. */
export async function readSnapshot(files: readonly BundleFile[], anchors: readonly Certificate[]) {
  const rows = (await readData(files, 'trust', trustFile)) ?? [];
  return rows.map((row) => ({ ...row, entered: anchors.some(({ sha256 }) => sha256 === row.sha256) }));
}

/** Null where there is none, or it is not what its name says. */
async function readData<T>(
  files: readonly BundleFile[],
  role: Role,
  schema: Parameters<typeof parseFile<T>>[0],
): Promise<T | null> {
  const file = files.find((one) => one.role === role);
  const max = SIZE_LIMITS[role] ?? 0;
  if (file === undefined || file.source.size > max) return null;
  return parseFile(schema, await readAll(file.source, max));
}

const isSame = (mine: unknown, theirs: unknown): boolean => theirs !== null && toBytes(mine).equals(toBytes(theirs));
