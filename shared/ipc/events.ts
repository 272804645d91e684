import { z } from 'zod';
import { exchangeState } from './channels/exchange.ts';
import { job } from './channels/job.ts';
import { vaultState } from './channels/vault.ts';
import { count, matterId, sha256 } from './parts.ts';

/** What main tells the window without being asked. No event carries more than the window may have while it is locked, but for those of an open vault. */
export const EVENTS = {
  'vault:changed': vaultState,
  /** A link or a double click brought files: ask `app:take-proposals`. */
  'app:proposals-came': z.strictObject({ count }),
  'app:preferences-changed': z.strictObject({}),
  /** A menu or shortcut of the system was used. */
  'app:command-chosen': z.strictObject({
    command: z.enum([
      'new-request',
      'search',
      'lock',
      'sync',
      'settings',
      'print',
      'keys',
      'about',
      'home',
      'matters',
      'inbox',
      'signature-folder',
      'directory',
      'verify',
    ]),
  }),
  'job:changed': job,
  'exchange:changed': exchangeState,
  /** Something of these was stored or changed: ask again for what is shown. */
  'records:changed': z.strictObject({
    what: z.array(
      z.enum([
        'matters',
        'messages',
        'drafts',
        'directory',
        'alarms',
        'identities',
        'routes',
        'settings',
        'views',
        'reminders',
      ]),
    ),
    matters: z.array(matterId).max(1000),
  }),
  'message:received': z.strictObject({ messages: z.array(sha256).max(1000) }),
} as const;
