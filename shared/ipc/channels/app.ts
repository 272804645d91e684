import { z } from 'zod';
import { channel } from '../channel.ts';
import { chosenFile, done, nothing } from '../parts.ts';

const preferences = z.strictObject({
  /** `system`: as the computer speaks. */
  language: z.enum(['system', 'zh-CN', 'en']),
  appearance: z.enum(['system', 'light', 'dark']),
  /** Whether single letters act as shortcuts (WCAG 2.1.4). */
  singleKeys: z.boolean(),
});
export type Preferences = z.infer<typeof preferences>;

/** What a dialog is for decides its title and which files it offers. */
export const FILE_PURPOSES = [
  'documents',
  'card',
  'identity',
  'certificates',
  'revocation-list',
  'verify',
  'join-request',
  'token-module',
  'update',
] as const;
export const FOLDER_PURPOSES = ['vault-backup', 'route', 'scan'] as const;

/** The program itself: what is known before any vault is open. */
export const appChannels = {
  'app:info': channel(
    'always',
    nothing,
    z.strictObject({
      name: z.string(),
      version: z.string(),
      platform: z.enum(['darwin', 'win32', 'linux']),
      /** `preview`: the window runs in a browser of the system, for looking at; it is marked as such. */
      runtime: z.enum(['electron', 'preview']),
      versions: z.record(z.string(), z.string()),
    }),
  ),
  'app:licences': channel(
    'always',
    nothing,
    z.strictObject({
      items: z.array(
        z.strictObject({ name: z.string(), version: z.string(), licence: z.string(), text: z.string().nullable() }),
      ),
    }),
  ),
  'app:preferences': channel('always', nothing, preferences),
  'app:set-preferences': channel('always', preferences.partial(), preferences),
  /** Files that a link or a double click brought: proposals, of which each is shown once and none acts by itself. */
  'app:take-proposals': channel('always', nothing, z.strictObject({ files: z.array(chosenFile) })),
  /** Asks the person by a dialog of main; no files where it was closed. */
  'file:choose': channel(
    'always',
    z.strictObject({ purpose: z.enum(FILE_PURPOSES), several: z.boolean() }),
    z.strictObject({ files: z.array(chosenFile) }),
  ),
  'file:choose-folder': channel(
    'always',
    z.strictObject({ purpose: z.enum(FOLDER_PURPOSES) }),
    z.strictObject({ folder: chosenFile.omit({ size: true }).nullable() }),
  ),
  /** The files of a chosen folder, those in folders of it left out: what a scanner has put there. */
  'file:list-folder': channel(
    'open',
    z.strictObject({ folder: chosenFile.shape.token }),
    z.strictObject({ files: z.array(chosenFile) }),
  ),
  /** Gives chosen files back unused. */
  'file:forget': channel('always', z.strictObject({ tokens: z.array(chosenFile.shape.token).max(1000) }), done),
};
