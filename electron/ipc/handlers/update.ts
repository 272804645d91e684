import { AppError } from '../../../shared/errors.ts';
import type { updateChannels } from '../../../shared/ipc/channels/update.ts';
import type { Instant } from '../../../shared/model/brand.ts';
import { askUpdateAddress } from '../../usecases/desk/questions/trust-questions.ts';
import { findUpdateAddress, setUpdateAddress } from '../../usecases/updates/update-settings.ts';
import { type UpdateSource, updateFromFeed, updateFromFile } from '../../usecases/updates/update-source.ts';
import type { Desk } from '../desk.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, officeOf, tellChanged } from '../office-of.ts';
import { requireConfirmed } from '../require-confirmed.ts';

export const updateHandlers: HandlersOf<keyof typeof updateChannels> = {
  'update:state': (_, desk) => {
    const { takes, channel, ready } = desk.updates.state();
    return {
      takes,
      channel,
      address: findUpdateAddress(officeOf(desk).vault.read),
      ready:
        ready === null
          ? null
          : {
              version: ready.release.version,
              release: ready.release.release,
              publishedAt: ready.release.publishedAt as Instant,
              expiresAt: ready.release.expiresAt as Instant,
              name: ready.installer.name,
              size: ready.installer.size,
              sha256: ready.installer.sha256,
            },
    };
  },
  'update:set-address': async ({ address }, desk) => {
    await requireConfirmed(desk, askUpdateAddress(officeOf(desk), address));
    setUpdateAddress(officeOf(desk), address, actorOf(desk));
    tellChanged(desk, 'settings');
    return {};
  },
  'update:check': (_, desk) => {
    const { vault, fetch } = officeOf(desk);
    const address = findUpdateAddress(vault.read);
    if (address === null) throw new AppError('USAGE', { field: 'address' });
    return { job: start(desk, updateFromFeed(fetch, address, desk.updates.state().channel)) };
  },
  'update:read-file': ({ file }, desk) => ({ job: start(desk, updateFromFile(desk.files.take(file, 'update'))) }),
  'update:open': async (_, { updates, shell }) => {
    const { ready } = updates.state();
    if (ready === null) throw new AppError('UPDATE_NOT_READY');
    if (!(await shell.confirmUpdate(ready.release.version))) return { opened: false };
    await shell.openInstaller(await updates.checkReady());
    return { opened: true };
  },
};

function start(desk: Desk, source: UpdateSource): string {
  const work = async ({ signal, progress }: { signal: AbortSignal; progress(done: number, total: number): void }) => {
    await desk.updates.take(source, { signal, progress });
    tellChanged(desk, 'settings');
  };
  return desk.session.get().jobs.start({ kind: 'update', label: '' }, work).id;
}
