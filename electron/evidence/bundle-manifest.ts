import { z } from 'zod';
import { LIMITS } from '../../shared/limits.ts';
import { parseIJson } from '../../shared/model/i-json.ts';
import { count, instant, json, line, matterId, officeId, sha256 } from '../../shared/model/schemas.ts';

/** Name of the list that closes a bundle (FORMAT.md). */
export const MANIFEST = 'evidence.json';
export const BUNDLE_VERSION = 1;

/** What a file of a bundle is, told by its path alone. */
export const ROLES = [
  ['message', /^messages\/(?<name>[0-9a-f]{64})\.asice$/],
  ['receipt', /^receipts\/(?<name>[0-9a-f]{64})\.asice$/],
  ['card', /^cards\/(?<name>[0-9a-f]{64})\.asice$/],
  ['timestamp', /^proofs\/(?<name>[0-9a-f]{64})-\d{3}\.tst$/],
  ['augmented', /^archives\/(?<name>[0-9a-f]{64})\.p7s$/],
  ['archive-manifest', /^archives\/(?<name>[0-9a-f]{64})-\d{3}\.xml$/],
  ['archive-timestamp', /^archives\/(?<name>[0-9a-f]{64})-\d{3}\.tst$/],
  ['certificate', /^values\/(?<name>[0-9a-f]{64})\.cer$/],
  ['crl', /^values\/(?<name>[0-9a-f]{64})\.crl$/],
  ['ocsp', /^values\/(?<name>[0-9a-f]{64})\.ors$/],
  ['rules', /^rules\.json$/],
  ['calendar', /^calendar\.json$/],
  ['trust', /^trust\.json$/],
  ['report', /^report\.pdf$/],
] as const;
export type Role = (typeof ROLES)[number][0];

/** `name` is the M or digest in the path. Null: no file of a bundle is called so. */
export function roleOf(path: string): { readonly role: Role; readonly name: string | null } | null {
  for (const [role, pattern] of ROLES) {
    const found = pattern.exec(path);
    if (found !== null) return { role, name: found.groups?.['name'] ?? null };
  }
  return null;
}

/** The bundle's own words. Nothing signs them: what matters is signed part by part, the rest is shown as a claim. */
export const bundleManifest = z.strictObject({
  format: z.literal('lexpost-evidence'),
  version: z.literal(BUNDLE_VERSION),
  matter: matterId,
  exportedBy: officeId,
  exportedAt: instant,
  program: line(80),
  /** Acts that nothing followed when the bundle was made. */
  heads: z.array(sha256).max(LIMITS.parents),
  files: z
    .array(z.strictObject({ path: z.string().max(200), size: count, sha256 }))
    .max(LIMITS.entries)
    .readonly(),
});
export type BundleManifest = z.infer<typeof bundleManifest>;

const isoDay = z.iso.date();
/** Rows of the table of periods that the matter's clocks were counted by. */
export const rulesFile = z.array(z.record(z.string(), json)).max(500);
/** By year: whether its notice is known, and the days that are no ordinary week or weekend days. */
export const calendarFile = z.record(
  z.string().regex(/^\d{4}$/),
  z.strictObject({ notice: z.boolean(), days: z.record(isoDay, z.boolean()) }),
);
/** What the exporting office trusted: shown, never used. */
export const trustFile = z.array(z.strictObject({ subject: z.string().max(1000), sha256 })).max(1000);

/** Strict I-JSON of one of the files above. Null where it is not that. */
export function parseFile<T>(schema: z.ZodType<T>, bytes: Buffer): T | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return schema.parse(parseIJson(text));
  } catch {
    return null;
  }
}

export const toBytes = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 1)}\n`, 'utf8');
