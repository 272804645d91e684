import { z } from 'zod';
import { cardRoute } from '../../model/office-card.ts';
import { WARN_DAYS } from '../../model/warn-days.ts';
import { channel } from '../channel.ts';
import {
  certificateView,
  count,
  credentials,
  done,
  errorCode,
  fileToken,
  instant,
  json,
  line,
  matterId,
  nothing,
  office,
  officeName,
  personId,
  procedureType,
  saved,
  secret,
  sha256,
  vaultId,
} from '../parts.ts';

/** Our own office: who signs, which card speaks for it, and what waits for a person. */

export const identity = z.strictObject({
  person: personId.nullable(),
  name: z.string(),
  certificate: certificateView,
  /** `token`: the key never leaves it. */
  keeper: z.enum(['vault', 'token']),
  /** Which token, in its own words. */
  token: z.string().nullable(),
  /** Acts, `card`, or `*`. */
  acts: z.array(z.string()),
  /** Whether the office's card in force lists the person with this certificate. */
  listed: z.boolean(),
  /** Self-signed: counterparts see it as unverified until fingerprints were compared. */
  trial: z.boolean(),
  /** Whole days until the certificate ends; negative after that. */
  daysLeft: z.int(),
});
export type IdentityView = z.infer<typeof identity>;

const acts = z.array(line(40)).min(1).max(64);
const personAdded = z.strictObject({ person: personId, name: z.string() });

export const identityChannels = {
  'identity:list': channel(
    'open',
    nothing,
    z.strictObject({
      items: z.array(identity),
      /** Who sits at this window, by their own word: named in the audit log. */
      current: personId.nullable(),
    }),
  ),
  'identity:use': channel('open', z.strictObject({ person: personId.nullable() }), done),
  'identity:import': channel(
    'open',
    z.strictObject({
      file: fileToken,
      /** Of the file. */
      password: secret,
      /** Under which the person will sign; the file's password where null. */
      passphrase: secret.nullable(),
      name: line(100).nullable(),
      acts,
    }),
    personAdded,
  ),
  'identity:create-trial': channel(
    'open',
    z.strictObject({ name: line(100), passphrase: secret, acts, algorithm: z.enum(['p256', 'p384', 'rsa3072']) }),
    personAdded,
  ),
  /** Certificates that this office relies on and that end within 60 days or have ended, the first to end first. */
  'identity:expiring': channel(
    'open',
    nothing,
    z.strictObject({
      items: z.array(
        z.strictObject({
          /** `anchor`: of a CA; `timestamp`: of an authority that stamped for us. */
          use: z.enum(['signing', 'encryption', 'receipt', 'anchor', 'timestamp']),
          /** Ours to renew. */
          own: z.boolean(),
          /** Null for CAs and authorities. */
          office: officeName.nullable(),
          name: z.string(),
          certificate: sha256,
          notAfter: instant,
          /** Whole days; negative after the end. */
          daysLeft: z.int(),
          /** The last that was passed: 60, 30 or 7 days; 0 after the end. */
          threshold: z.literal([...WARN_DAYS, 0]),
        }),
      ),
    }),
  ),
};

export const alarm = z.strictObject({
  id: count,
  at: instant,
  code: errorCode,
  matter: matterId.nullable(),
  m: sha256.nullable(),
  detail: z.record(z.string(), json),
});

const ownVault = z.strictObject({
  id: vaultId,
  epoch: count,
  own: z.boolean(),
  registrar: z.boolean(),
  active: z.boolean(),
});

export const officeChannels = {
  'office:show': channel(
    'open',
    nothing,
    z.strictObject({
      office,
      /** Null before the first card was signed: nothing can be sent till then. */
      card: z
        .strictObject({
          version: count,
          issuedAt: instant,
          fingerprint: sha256,
          persons: z.array(
            z.strictObject({
              id: personId,
              name: z.string(),
              acts: z.array(z.string()),
              certificate: certificateView,
              notAfter: instant,
            }),
          ),
          vaults: z.array(ownVault),
          routes: z.array(cardRoute),
          types: z.array(procedureType),
        })
        .nullable(),
      vault: vaultId,
      /** Whether the card lists this vault. */
      listed: z.boolean(),
      registrar: z.boolean(),
      /** Persons brought in since the card, whom the next one will list. */
      candidates: z.array(personAdded),
      /** Restored from a backup: nothing leaves until the past is known. */
      restored: z.boolean(),
      /** A new card is due before anything is written. */
      cardDue: z.boolean(),
    }),
  ),
  /** Signs the next card: lists the persons brought in, with the changes. */
  'office:issue-card': channel(
    'open',
    z.strictObject({
      credentials,
      removePersons: z.array(personId).max(500).optional(),
      retireVaults: z.array(vaultId).max(32).optional(),
      registrar: vaultId.optional(),
      routes: z.array(cardRoute).max(16).optional(),
      types: z.array(procedureType).max(64).optional(),
    }),
    z.strictObject({ version: count, fingerprint: sha256 }),
  ),
  /** The keys that open and receipt packages here, each by the certificate that the card lists. */
  'office:vault-keys': channel(
    'open',
    nothing,
    z.strictObject({
      items: z.array(
        z.strictObject({
          kind: z.enum(['encryption', 'receipt']),
          certificate: certificateView,
          keeper: z.enum(['vault', 'token']),
          daysLeft: z.int(),
        }),
      ),
    }),
  ),
  /** New keys and a card that lists them, in one step. The earlier ones stay for what was sealed for them. */
  'office:renew-keys': channel(
    'open',
    z.strictObject({
      credentials,
      kinds: z
        .array(z.enum(['encryption', 'receipt']))
        .min(1)
        .max(2),
    }),
    z.strictObject({
      version: count,
      fingerprint: sha256,
      renewed: z.array(z.strictObject({ kind: z.enum(['encryption', 'receipt']), notAfter: instant })),
    }),
  ),
  /** Sends it to every office whose card is confirmed here, or to some. */
  'office:publish-card': channel(
    'open',
    z.strictObject({ credentials, to: z.array(office.shape.id).max(1000).nullable() }),
    z.strictObject({ packages: count }),
  ),
  /** Of our own office, or of another one whose card is confirmed, into a file. */
  'office:export-card': channel('open', z.strictObject({ office: office.shape.id.nullable() }), saved),
  'office:export-join-request': channel('open', nothing, saved.extend({ fingerprint: sha256 })),
  'office:add-vault': channel(
    'open',
    z.strictObject({ request: fileToken, fingerprint: line(200), credentials }),
    z.strictObject({ version: count, fingerprint: sha256 }),
  ),
};

export const alarmChannels = {
  'alarm:list': channel(
    'open',
    nothing,
    z.strictObject({ items: z.array(alarm.extend({ matterTitle: z.string().nullable() })) }),
  ),
  'alarm:acknowledge': channel('open', z.strictObject({ id: count }), done),
};
