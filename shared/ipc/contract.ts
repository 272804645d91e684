import { z } from 'zod';
import type { Result } from '../result.ts';
import { appChannels } from './channels/app.ts';
import { deliveryChannels } from './channels/delivery.ts';
import { directoryChannels } from './channels/directory.ts';
import { draftChannels, signatureChannels } from './channels/draft.ts';
import { evidenceChannels } from './channels/evidence.ts';
import { auditChannels, exchangeChannels } from './channels/exchange.ts';
import { homeChannels } from './channels/home.ts';
import { jobChannels } from './channels/job.ts';
import { matterChannels } from './channels/matter.ts';
import { documentChannels, messageChannels, paperChannels, verifyChannels } from './channels/message.ts';
import { alarmChannels, identityChannels, officeChannels } from './channels/office.ts';
import { reminderChannels } from './channels/reminder.ts';
import { routeChannels } from './channels/route.ts';
import { settingsChannels } from './channels/settings.ts';
import { tokenChannels } from './channels/token.ts';
import { updateChannels } from './channels/update.ts';
import { vaultChannels } from './channels/vault.ts';
import type { EVENTS } from './events.ts';
import { type ChosenFile, chosenFile } from './parts.ts';

/**
 * Everything that the window and main say to each other: one map of questions, one of events. Preload, handlers and the types of the window all derive
 * from them.
 */
export const CHANNELS = {
  ...appChannels,
  ...vaultChannels,
  ...identityChannels,
  ...officeChannels,
  ...alarmChannels,
  ...routeChannels,
  ...directoryChannels,
  ...matterChannels,
  ...homeChannels,
  ...reminderChannels,
  ...draftChannels,
  ...signatureChannels,
  ...messageChannels,
  ...deliveryChannels,
  ...documentChannels,
  ...paperChannels,
  ...verifyChannels,
  ...evidenceChannels,
  ...exchangeChannels,
  ...auditChannels,
  ...settingsChannels,
  ...tokenChannels,
  ...updateChannels,
  ...jobChannels,
} as const;

export type ChannelName = keyof typeof CHANNELS;
export type RequestOf<Name extends ChannelName> = z.output<(typeof CHANNELS)[Name]['request']>;
export type ResponseOf<Name extends ChannelName> = z.output<(typeof CHANNELS)[Name]['response']>;

export type EventName = keyof typeof EVENTS;
export type EventOf<Name extends EventName> = z.output<(typeof EVENTS)[Name]>;

/**
 * Between preload and main alone. The window hands the preload `File` objects of a drop; where they lie on disk the preload learns from Electron and tells
 * main, and the window gets tokens back. A `File` that the window made itself has no path and gets none.
 */
export const PRELOAD_CHANNELS = {
  'file:register-dropped': {
    access: 'always',
    request: z.strictObject({ paths: z.array(z.string().min(1).max(32_768)).max(200) }),
    response: z.strictObject({ files: z.array(chosenFile) }),
  },
} as const;

/** What the preload puts into the page as `window.lexpost`; `DiskFile` is the page's `File`, which this room does not know. */
export interface LexpostBridge<DiskFile extends object = object> {
  /** Asks main. It never throws: what fails is a code with the parameters of its text. */
  invoke<Name extends ChannelName>(name: Name, request: RequestOf<Name>): Promise<Result<ResponseOf<Name>>>;
  /** @returns what ends the subscription */
  on<Name extends EventName>(name: Name, listener: (payload: EventOf<Name>) => void): () => void;
  /** Tokens for files that were dropped; those without a place on disk are left out. */
  registerDropped(files: readonly DiskFile[]): Promise<Result<{ readonly files: readonly ChosenFile[] }>>;
}
