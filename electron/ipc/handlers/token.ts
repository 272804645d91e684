import type { tokenChannels } from '../../../shared/ipc/channels/token.ts';
import {
  addChosenModule,
  adoptReader,
  adoptSigner,
  removeChosenModule,
  viewTokens,
} from '../../usecases/desk/view-tokens.ts';
import { unlockReading } from '../../usecases/tokens/reading-keys.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, officeOf, tellChanged } from '../office-of.ts';
import { takeSecret } from '../secret-text.ts';

export const tokenHandlers: HandlersOf<keyof typeof tokenChannels> = {
  'token:list': (_, desk) => viewTokens(officeOf(desk)),
  'token:add-module': ({ file }, desk) => {
    // Its code runs here: what a link proposed, or a window that others have taken over was handed for another end, is no module
    addChosenModule(officeOf(desk), desk.files.take(file, 'token-module'), actorOf(desk));
    return {};
  },
  'token:remove-module': ({ module }, desk) => {
    removeChosenModule(officeOf(desk), module, actorOf(desk));
    return {};
  },
  'token:adopt-signing': async ({ name, acts, pin, ...choice }, desk) => {
    const person = await adoptSigner(officeOf(desk), { ...choice, pin: takeSecret(pin) }, { name, acts });
    tellChanged(desk, 'identities');
    return person;
  },
  'token:adopt-reading': ({ pin, ...choice }, desk) => adoptReader(officeOf(desk), { ...choice, pin: takeSecret(pin) }),
  'token:unlock-reading': async ({ pin }, desk) => {
    await unlockReading(officeOf(desk), takeSecret(pin));
    desk.session.get().exchange.syncNow();
    return {};
  },
};
