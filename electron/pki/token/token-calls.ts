import { z } from 'zod';

/** What the process of a token module is asked, and what it answers. Both ends are ours; the answers are checked all the same, for foreign code runs beside them. */

const DIGESTS = ['sha256', 'sha384', 'sha512'] as const;
export type TokenDigest = (typeof DIGESTS)[number];

export type TokenCall =
  | { readonly kind: 'open'; readonly module: string; readonly parameters: string | null }
  | { readonly kind: 'list-tokens' }
  | { readonly kind: 'list-certificates'; readonly slot: string }
  | { readonly kind: 'log-in'; readonly slot: string; readonly pin: Buffer }
  | { readonly kind: 'log-out' }
  | {
      readonly kind: 'sign';
      readonly key: string;
      readonly scheme: 'pkcs1' | 'pss' | 'ecdsa';
      readonly digest: TokenDigest;
      readonly data: Buffer;
    }
  | { readonly kind: 'decrypt-oaep'; readonly key: string; readonly ciphertext: Buffer }
  | { readonly kind: 'agree'; readonly key: string; readonly point: Buffer; readonly length: number };

const text = z.string().max(1000);
const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array).transform((value) => Buffer.from(value));

export const tokenInfo = z.strictObject({
  /** The module's handle of the slot; means nothing to the next process. */
  slot: hex,
  label: text,
  serial: text,
  manufacturer: text,
  model: text,
  /** `none`: the token was never initialised, or has no PIN yet. */
  pin: z.enum(['none', 'ready', 'few-tries', 'last-try', 'locked']),
  /** The PIN is typed at the reader itself. */
  pinPad: z.boolean(),
});
export type TokenInfo = z.infer<typeof tokenInfo>;

export const tokenObject = z.strictObject({
  /** CKA_ID: what a certificate and its key have in common. */
  id: hex,
  label: text,
  der: bytes,
});

export const ANSWERS = {
  open: z.null(),
  'list-tokens': z.array(tokenInfo).max(256),
  'list-certificates': z.array(tokenObject).max(1000),
  'log-in': z.null(),
  'log-out': z.null(),
  sign: bytes,
  'decrypt-oaep': bytes.nullable(),
  agree: bytes,
} as const satisfies Record<TokenCall['kind'], z.ZodType>;

export const TOKEN_CODES = [
  'TOKEN_MODULE_MISSING',
  'TOKEN_MODULE_FAILED',
  'TOKEN_REMOVED',
  'TOKEN_UNINITIALISED',
  'TOKEN_IN_USE',
  'TOKEN_PIN_NEEDED',
  'TOKEN_PIN_WRONG',
  'TOKEN_PIN_LAST_TRY',
  'TOKEN_PIN_LOCKED',
  'TOKEN_KEY_MISSING',
  'TOKEN_CANNOT',
  'TOKEN_WRITE_PROTECTED',
] as const;
export type TokenCode = (typeof TOKEN_CODES)[number];

export const tokenReply = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    id: z.int(),
    ok: z.literal(false),
    code: z.enum(TOKEN_CODES),
    params: z.record(z.string(), z.string().max(200)),
  }),
]);

export interface TokenRequest {
  readonly id: number;
  readonly call: TokenCall;
}
