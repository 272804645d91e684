import type { z } from 'zod';
import type { CHANNELS, ChannelName, PRELOAD_CHANNELS, RequestOf, ResponseOf } from '../../shared/ipc/contract.ts';
import type { Desk } from './desk.ts';
import { appHandlers } from './handlers/app.ts';
import { deliveryHandlers } from './handlers/delivery.ts';
import { directoryHandlers } from './handlers/directory.ts';
import { documentHandlers } from './handlers/document.ts';
import { draftHandlers } from './handlers/draft.ts';
import { evidenceHandlers } from './handlers/evidence.ts';
import { exchangeHandlers } from './handlers/exchange.ts';
import { matterHandlers } from './handlers/matter.ts';
import { messageHandlers } from './handlers/message.ts';
import { officeHandlers } from './handlers/office.ts';
import { reminderHandlers } from './handlers/reminder.ts';
import { settingsHandlers } from './handlers/settings.ts';
import { tokenHandlers } from './handlers/token.ts';
import { updateHandlers } from './handlers/update.ts';
import { vaultHandlers } from './handlers/vault.ts';
import { verifyHandlers } from './handlers/verify.ts';

export type Handler<Name extends ChannelName> = (
  request: RequestOf<Name>,
  desk: Desk,
) => Promise<ResponseOf<Name>> | ResponseOf<Name>;

/** Handlers of some channels: one file holds one area. */
export type HandlersOf<Names extends ChannelName> = { readonly [Name in Names]: Handler<Name> };

type PreloadName = keyof typeof PRELOAD_CHANNELS;
type PreloadHandler<Name extends PreloadName> = (
  request: z.output<(typeof PRELOAD_CHANNELS)[Name]['request']>,
  desk: Desk,
) => Promise<z.output<(typeof PRELOAD_CHANNELS)[Name]['response']>>;

/** Every channel has one: a missing one does not compile. */
export type Handlers = { readonly [Name in keyof typeof CHANNELS]: Handler<Name> } & {
  readonly [Name in PreloadName]: PreloadHandler<Name>;
};

/** As the door calls it, after the schema of its channel. */
export type AnyHandler = (request: unknown, desk: Desk) => unknown;

export const HANDLERS: Handlers = {
  ...appHandlers,
  ...vaultHandlers,
  ...officeHandlers,
  ...directoryHandlers,
  ...matterHandlers,
  ...reminderHandlers,
  ...draftHandlers,
  ...messageHandlers,
  ...deliveryHandlers,
  ...documentHandlers,
  ...verifyHandlers,
  ...evidenceHandlers,
  ...exchangeHandlers,
  ...settingsHandlers,
  ...tokenHandlers,
  ...updateHandlers,
  'file:register-dropped': async ({ paths }, { files }) => ({ files: await files.register(paths) }),
};
