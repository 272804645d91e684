import { z } from 'zod';
import { cardRoute } from '../../model/office-card.ts';
import { OFFICE_TYPES } from '../../model/vocabulary.ts';
import { channel } from '../channel.ts';
import {
  certificateView,
  count,
  done,
  errorCode,
  fileToken,
  instant,
  limit,
  line,
  nothing,
  office,
  officeId,
  officeName,
  page,
  procedureType,
  query,
  sha256,
} from '../parts.ts';

/** Counterparts: who they are, which keys were compared, and what has changed since. */

const cardSummary = z.strictObject({
  m: sha256,
  version: count,
  fingerprint: sha256,
  confirmedAt: instant.nullable(),
  /** How it was compared: `fingerprint`, `phone`, `in-person`, `signed-by-known-key`, `issued` … */
  how: z.string().nullable(),
});

export const directoryEntry = z.strictObject({
  office,
  own: z.boolean(),
  /** In force; null while none was confirmed: nothing can be sealed for the office till then. */
  card: cardSummary.nullable(),
  /** A newer card waits for a person. */
  pending: z.boolean(),
  types: z.array(procedureType),
  /** Ids of the routes that reach it. */
  routes: z.array(z.string()),
});
export type DirectoryEntry = z.infer<typeof directoryEntry>;

const cardDetail = cardSummary.extend({
  issuedAt: instant,
  persons: z.array(
    z.strictObject({ id: z.string(), name: z.string(), acts: z.array(z.string()), certificate: certificateView }),
  ),
  vaults: z.array(
    z.strictObject({
      id: z.string(),
      registrar: z.boolean(),
      active: z.boolean(),
      encryption: certificateView,
      receipt: certificateView,
    }),
  ),
  /** Proposals of theirs: nothing is dialled because a card says so. */
  routes: z.array(cardRoute),
  types: z.array(procedureType),
});
export type CardDetail = z.infer<typeof cardDetail>;

/** One line of what a newer card would change. */
const cardChange = z.strictObject({
  what: z.enum(['office', 'person', 'vault']),
  change: z.enum(['added', 'removed', 'key-changed', 'words-changed']),
  name: z.string(),
  before: sha256.nullable(),
  after: sha256.nullable(),
});

const officeKey = z.strictObject({ name: z.string().max(400), id: officeId });

export const directoryChannels = {
  'directory:list': channel(
    'open',
    z.strictObject({
      name: query.optional(),
      type: z.enum(OFFICE_TYPES).optional(),
      /** Leading digits of the region code. */
      region: z
        .string()
        .regex(/^\d{2,6}$/)
        .optional(),
      /** Only offices that packages can be sealed for now. */
      reachable: z.boolean().optional(),
      limit,
      after: officeKey.nullable(),
    }),
    page(directoryEntry, officeKey),
  ),
  'directory:show': channel(
    'open',
    z.strictObject({ office: officeId }),
    z.strictObject({
      office,
      own: z.boolean(),
      current: cardDetail.nullable(),
      /** The newest card that waits for a person. */
      pending: cardDetail
        .extend({
          /** Whether it takes the fingerprint: no key that is trusted vouches for it. */
          comparison: z.boolean(),
          changes: z.array(cardChange),
        })
        .nullable(),
      routes: z.array(z.string()),
      /** Bytes for large files that it has announced and not brought. `own`: what a person gave it; null: `standard`, as every office. */
      quota: z.strictObject({ own: count.nullable(), standard: count, used: count }),
    }),
  ),
  'directory:import': channel(
    'open',
    z.strictObject({ file: fileToken }),
    z.strictObject({
      office,
      version: count,
      fingerprint: sha256,
      outcome: z.enum(['applied', 'unchanged', 'pending']),
      comparison: z.boolean(),
    }),
  ),
  /** Puts the pending card into force; `fingerprint` as it was read to us. */
  'directory:confirm': channel(
    'open',
    z.strictObject({
      office: officeId,
      fingerprint: line(200).optional(),
      how: z.enum(['phone', 'in-person', 'signed-by-known-key']),
    }),
    done,
  ),
  'directory:refuse': channel('open', z.strictObject({ office: officeId }), done),
  /** The card in force was found false: the office is unknown again, and the next card is compared as a first one. */
  'directory:withdraw': channel('open', z.strictObject({ office: officeId, reason: line(400) }), done),
  /**
   * Takes a directory in that another office signed: a bureau, an association. `accept`: the person relies on this issuer from now on. The token stays good, for
   * the first one is refused until somebody has said so.
   */
  'directory:import-signed': channel(
    'open',
    z.strictObject({ file: fileToken, accept: z.boolean() }),
    z.strictObject({
      issuer: officeName,
      version: count,
      expiresAt: instant,
      results: z.array(
        z.strictObject({
          office: officeName,
          outcome: z.enum(['applied', 'unchanged', 'pending', 'refused']),
          code: errorCode.nullable(),
        }),
      ),
    }),
  ),
  /** The newest of every issuer that is relied on here. */
  'directory:list-signed': channel(
    'open',
    nothing,
    z.strictObject({
      items: z.array(
        z.strictObject({
          issuer: officeName,
          version: count,
          importedAt: instant,
          expiresAt: instant,
          expired: z.boolean(),
          /** What it may speak of: leading digits of regions, and kinds of offices. */
          scope: z.strictObject({ regions: z.array(z.string()), types: z.array(z.enum(OFFICE_TYPES)) }),
          offices: count,
        }),
      ),
    }),
  ),
  /** Null: what every office has. */
  'directory:set-quota': channel(
    'open',
    z.strictObject({ office: officeId, bytes: count.max(2 ** 50).nullable() }),
    done,
  ),
  'directory:set-routes': channel(
    'open',
    z.strictObject({ office: officeId, routes: z.array(line(64)).max(16) }),
    done,
  ),
};
