import { z } from 'zod';
import { address, base64Der, instant, line, officeId, ordinal, personId, regionCode, vaultId } from './schemas.ts';
import { OFFICE_TYPES, PROCEDURE_TYPES, type ProcedureType, SUITES } from './vocabulary.ts';

/** The office card (protocol.md 1): who may sign what for an office, and where its vaults are reached. */

export type OfficeType = (typeof OFFICE_TYPES)[number];

export const office = z.strictObject({
  id: officeId,
  name: line(200),
  type: z.enum(OFFICE_TYPES),
  region: regionCode,
});
export type Office = z.infer<typeof office>;

/** `acts` names acts of message.json, or `card` (sign cards of this office), or `*` for both. */
export const cardPerson = z.strictObject({
  id: personId,
  name: line(100),
  certificate: base64Der,
  acts: z.array(line(40)).min(1).max(64),
  notBefore: instant,
  notAfter: instant,
});
export type CardPerson = z.infer<typeof cardPerson>;

/** Exactly one active vault is the registrar: where its office leads a matter, it alone gives positions. */
export const cardVault = z.strictObject({
  id: vaultId,
  epoch: ordinal,
  status: z.enum(['active', 'retired']),
  registrar: z.boolean(),
  address,
  encryptionCertificate: base64Der,
  receiptCertificate: base64Der,
});
export type CardVault = z.infer<typeof cardVault>;

/** Routes of others are proposals (threat-model.md 8): nothing is dialled because a card says so. */
export const cardRoute = z.strictObject({
  kind: z.enum(['folder', 'sftp', 'webdav', 's3', 'mail']),
  locator: line(1000),
});
export type CardRoute = z.infer<typeof cardRoute>;

export const officeCard = z
  .strictObject({
    office,
    version: ordinal,
    issuedAt: instant,
    persons: z.array(cardPerson).min(1).max(500),
    vaults: z.array(cardVault).min(1).max(32),
    /** Certificates between the persons' certificates and their trust anchor. */
    chain: z.array(base64Der).max(16),
    routes: z.array(cardRoute).max(16),
    /** Procedures that the office takes. Open: a type that a newer program added must not make an older one refuse the card. */
    types: z.array(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)).max(64),
    /** Suffixes of files that the office opens, e.g. `ofd`; absent where it says nothing of them. */
    formats: z
      .array(z.string().regex(/^[a-z0-9]{1,8}$/))
      .min(1)
      .max(64)
      .optional(),
    minimumSuite: z.enum(SUITES),
  })
  .refine((card) => card.vaults.filter((v) => v.status === 'active' && v.registrar).length === 1, 'one-registrar')
  .refine((card) => new Set(card.vaults.map((v) => v.id)).size === card.vaults.length, 'unique-vaults')
  .refine((card) => new Set(card.vaults.map((v) => v.address)).size === card.vaults.length, 'unique-addresses')
  .refine((card) => new Set(card.persons.map((p) => p.id)).size === card.persons.length, 'unique-persons');
export type OfficeCard = z.infer<typeof officeCard>;

/** The procedures of a card that this program knows. */
export function knownTypes({ types }: Pick<OfficeCard, 'types'>): ProcedureType[] {
  return PROCEDURE_TYPES.filter((type) => types.includes(type));
}
