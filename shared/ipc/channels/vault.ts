import { z } from 'zod';
import { channel } from '../channel.ts';
import {
  count,
  done,
  fileToken,
  instant,
  maybeStartedJob,
  nothing,
  office,
  printed,
  secret,
  startedJob,
} from '../parts.ts';

/** The vault's life: made, opened, locked, recovered, restored, backed up. */

export const LOCK_REASONS = ['start', 'asked', 'idle', 'suspend'] as const;

export const vaultState = z.strictObject({
  /** `none`: there is no vault here yet. `closing`: locked, while work that must not break ends. */
  state: z.enum(['none', 'locked', 'opening', 'open', 'closing']),
  /** The office's name, which the vault's header says before it is opened. */
  office: z.string().nullable(),
  lockedBecause: z.enum(LOCK_REASONS),
  /** Messages that nobody had opened when it was locked; null where that is not known. */
  waiting: count.nullable(),
  /** After wrong passphrases: not before this instant. */
  notBefore: instant.nullable(),
});
export type VaultStateView = z.infer<typeof vaultState>;

const recoveryGroup = z.strictObject({ index: z.int().min(1).max(12), text: z.string().max(16) });

export const vaultChannels = {
  'vault:state': channel('always', nothing, vaultState),
  'vault:create': channel(
    'closed',
    z.strictObject({ passphrase: secret, office }),
    z.strictObject({
      /** 12 groups of 4, to be printed or written down once. */
      recoveryKey: z.array(z.string()),
      /** Which two groups are to be typed back from paper, from 1. */
      ask: z.array(z.int().min(1).max(12)),
    }),
  ),
  /** From the paper. The key stays at hand for printing until it was right or the vault is locked. */
  'vault:check-recovery-key': channel(
    'open',
    z.strictObject({ groups: z.array(recoveryGroup).length(2) }),
    z.strictObject({ wrong: z.array(z.int()) }),
  ),
  'vault:print-recovery-key': channel('open', nothing, printed),
  'vault:unlock': channel('closed', z.strictObject({ passphrase: secret }), done),
  /** With the office's recovery key: sets a new passphrase and opens the vault. Signing keys stay shut (protocol.md 1). */
  'vault:recover': channel('closed', z.strictObject({ recoveryKey: secret, passphrase: secret }), done),
  'vault:lock': channel('open', nothing, done),
  /** Makes a vault of a backup; it opens with the passphrase or recovery key of the backup's day. Opens it when done. */
  'vault:restore': channel(
    'closed',
    z.strictObject({
      backup: fileToken,
      secret: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('passphrase'), passphrase: secret }),
        z.strictObject({ kind: z.literal('recovery-key'), recoveryKey: secret }),
      ]),
    }),
    done,
  ),
  'vault:change-passphrase': channel('open', z.strictObject({ current: secret, passphrase: secret }), done),
  /** Into a chosen folder that is empty. */
  'vault:backup': channel('open', z.strictObject({ folder: fileToken }), startedJob),
  /** Asks for the folder itself. */
  'vault:choose-backup': channel('open', nothing, maybeStartedJob),
};
