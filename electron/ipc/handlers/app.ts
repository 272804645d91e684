import type { appChannels } from '../../../shared/ipc/channels/app.ts';
import { listFolder } from '../../usecases/session/file-tokens.ts';
import type { HandlersOf } from '../handlers.ts';

export const appHandlers: HandlersOf<keyof typeof appChannels> = {
  'app:info': (_, { shell }) => shell.info(),
  'app:licences': (_, { shell }) => shell.licences(),
  'app:preferences': (_, { shell }) => shell.preferences(),
  'app:set-preferences': async (change, { shell, tell }) => {
    const preferences = await shell.setPreferences(change);
    tell('app:preferences-changed', {});
    return preferences;
  },
  'app:take-proposals': async (_, { shell, files }) => ({ files: await files.register(await shell.takeProposals()) }),
  'file:choose': async ({ purpose, several }, { shell, files }) => ({
    files: await files.register(await shell.chooseFiles(purpose, several), purpose),
  }),
  'file:choose-folder': async ({ purpose }, { shell, files }) => {
    const path = await shell.chooseFolder(purpose);
    return { folder: path === null ? null : await files.registerFolder(path, purpose) };
  },
  'file:list-folder': async ({ folder }, { files }) => ({
    files: await files.register(await listFolder(files.look(folder, 'scan'))),
  }),
  'file:forget': ({ tokens }, { files }) => {
    files.forget(tokens);
    return {};
  },
};
