import { z } from 'zod';
import type { Address, Base64Der, Instant, MatterId, MessageId, OfficeId, PersonId, Sha256, VaultId } from './brand.ts';
import { fieldMeta } from './forms/field-meta.ts';
import { isJson, type Json } from './i-json.ts';
import { isRegionCode, isUscc } from './identifiers.ts';
import { isDocumentName } from './names.ts';

/** The building blocks that every schema of the project shares. */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const branded = <T>(schema: z.ZodType<string>): z.ZodType<T> => schema as unknown as z.ZodType<T>;

export const sha256 = branded<Sha256>(z.string().regex(/^[0-9a-f]{64}$/));
export const officeId = branded<OfficeId>(z.string().refine(isUscc, 'uscc'));
export const vaultId = branded<VaultId>(z.string().regex(UUID));
export const personId = branded<PersonId>(z.string().regex(UUID));
export const matterId = branded<MatterId>(z.string().regex(UUID_V7));
export const messageId = branded<MessageId>(z.string().regex(UUID_V7));
export const address = branded<Address>(z.string().regex(/^[a-z2-7]{26}$/));
export const instant = branded<Instant>(
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
    .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text, 'instant'),
);
export const base64Der = branded<Base64Der>(
  z
    .string()
    .min(4)
    .max(88_000)
    .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
);
export const regionCode = z.string().refine(isRegionCode, 'region');
export const documentName = z.string().refine(isDocumentName, 'document-name');
/** Anything of JSON. Zod's own tries every kind of value on every member: 4 MiB of brackets in a message held the whole program for most of a minute. */
export const json: z.ZodType<Json> = z.custom<Json>((value) => isJson(value));
export const count = z.int().min(0);
export const ordinal = z.int().min(1);

/** One line of text that people read: no control or bidi character. */
export const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]*$/u);
/** Running text: line feeds and tabs allowed. */
export const prose = (max: number) => {
  const text = z
    .string()
    .max(max)
    .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*$/u);
  fieldMeta.add(text, { kind: 'prose' });
  return text;
};
