import { z } from 'zod';

/** The shape of what `open` and `verify` report with `--json`: scripts outside rely on these keys. */

const hex = z.string().regex(/^[0-9a-f]+$/);
const indication = z.enum(['TOTAL_PASSED', 'INDETERMINATE', 'TOTAL_FAILED']);

export const check = z.strictObject({ id: z.string(), ok: z.boolean().nullable(), detail: z.string() });

export const signer = z.strictObject({
  subject: z.string().nullable(),
  serial: hex.nullable(),
  certificate: hex.length(64).nullable(),
  algorithm: z.string(),
  signingTime: z.iso.datetime().nullable(),
  timestamp: z.iso.datetime().nullable(),
  path: z.array(z.string()),
  revocation: z.strictObject({
    status: z.enum(['good', 'revoked', 'unknown', 'not-checked']),
    source: z.string().nullable(),
    asOf: z.iso.datetime().nullable(),
  }),
  indication,
  subIndication: z.string().nullable(),
});

export const verificationReport = z.strictObject({
  ok: z.boolean(),
  code: z.string().optional(),
  indication,
  subIndication: z.string().nullable(),
  validationTime: z.iso.datetime(),
  m: hex.length(64).nullable(),
  signers: z.array(signer),
  container: z.strictObject({
    profile: z.enum(['lexpost', 'ASiC-E', 'ASiC-S']).nullable(),
    size: z.number(),
    encryption: z.string().nullable(),
  }),
  documents: z.array(
    z.strictObject({ name: z.string(), mediaType: z.string().nullable(), size: z.number(), sha256: hex.length(64) }),
  ),
  message: z.looseObject({ id: z.string(), kind: z.string() }).nullable(),
  checks: z.array(check),
  extracted: z.array(z.string()).optional(),
});

/** The answer to one check by its id; undefined where it was not reached. */
export function findCheck(document: unknown, id: string): boolean | null | undefined {
  const { checks } = z.looseObject({ checks: z.array(check) }).parse(document);
  return checks.find((one) => one.id === id)?.ok;
}
