import type { directoryChannels } from '../../../shared/ipc/channels/directory.ts';
import type { routeChannels } from '../../../shared/ipc/channels/route.ts';
import { openChosen } from '../../usecases/chosen-files.ts';
import { confirmPendingCard, refusePendingCard } from '../../usecases/confirm-pending-card.ts';
import { askCard, askDirectory } from '../../usecases/desk/questions/card-questions.ts';
import { askOfficeRoutes, askQuota, askRoute } from '../../usecases/desk/questions/route-questions.ts';
import { viewDirectories, viewImported } from '../../usecases/desk/view-directories.ts';
import { findOffices, setRoutesOf, showDirectoryEntry } from '../../usecases/desk/view-directory.ts';
import { listRoutes, mergeRoute, removeRoute, saveRoute, testRoute } from '../../usecases/desk/view-routes.ts';
import { importDirectory, readDirectory } from '../../usecases/directory/import-directory.ts';
import { importCard } from '../../usecases/import-card.ts';
import { setQuota } from '../../usecases/office/quota.ts';
import { withdrawOffice } from '../../usecases/withdraw-office.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, officeOf, tellChanged } from '../office-of.ts';
import { requireConfirmed } from '../require-confirmed.ts';

export const directoryHandlers: HandlersOf<keyof typeof directoryChannels | keyof typeof routeChannels> = {
  'directory:list': (request, desk) => findOffices(officeOf(desk), request),
  'directory:show': ({ office }, desk) => showDirectoryEntry(officeOf(desk), office),
  'directory:import': async ({ file }, desk) => {
    const { source } = await openChosen(desk.files.take(file));
    try {
      const { card, fingerprint, outcome, comparison } = await importCard(officeOf(desk), {
        source,
        by: actorOf(desk),
      });
      tellChanged(desk, 'directory');
      return { office: card.office, version: card.version, fingerprint, outcome, comparison };
    } finally {
      await source.close();
    }
  },
  'directory:confirm': async ({ office, fingerprint, how }, desk) => {
    const asked = await askCard(officeOf(desk), office, fingerprint);
    await requireConfirmed(desk, asked.question);
    await confirmPendingCard(officeOf(desk), { office, how, by: actorOf(desk), fingerprint: asked.fingerprint });
    tellChanged(desk, 'directory');
    return {};
  },
  'directory:refuse': async ({ office }, desk) => {
    await refusePendingCard(officeOf(desk), office, actorOf(desk));
    tellChanged(desk, 'directory');
    return {};
  },
  'directory:withdraw': async ({ office, reason }, desk) => {
    await withdrawOffice(officeOf(desk), { office, reason, by: actorOf(desk) });
    tellChanged(desk, 'directory');
    return {};
  },
  'directory:import-signed': async ({ file, accept }, desk) => {
    const { source } = await openChosen(desk.files.look(file));
    try {
      if (accept)
        await requireConfirmed(desk, askDirectory(officeOf(desk), await readDirectory(officeOf(desk), source)));
      const context = officeOf(desk);
      const imported = await importDirectory(context, { source, accept, by: actorOf(desk) });
      desk.files.forget([file]);
      tellChanged(desk, 'directory', 'alarms');
      return viewImported(context, imported);
    } finally {
      await source.close();
    }
  },
  'directory:list-signed': (_, desk) => viewDirectories(officeOf(desk)),
  'directory:set-quota': async ({ office, bytes }, desk) => {
    await requireConfirmed(desk, askQuota(officeOf(desk), office, bytes));
    setQuota(officeOf(desk), office, bytes, actorOf(desk));
    tellChanged(desk, 'directory');
    return {};
  },
  'directory:set-routes': async ({ office, routes }, desk) => {
    await requireConfirmed(desk, askOfficeRoutes(officeOf(desk), office, routes));
    setRoutesOf(officeOf(desk), office, routes, actorOf(desk));
    tellChanged(desk, 'directory', 'routes');
    return {};
  },

  'route:list': (_, desk) => listRoutes(officeOf(desk), desk.session.get().exchange.state()),
  'route:save': async ({ id, route, offices }, desk) => {
    const folder = route.kind === 'folder' ? route.folder : null;
    const given =
      route.kind !== 'folder'
        ? JSON.parse(JSON.stringify(route.config))
        : folder === null
          ? null
          : { root: desk.files.look(folder, 'route') };
    const config = mergeRoute(officeOf(desk), { id, kind: route.kind, config: given });
    await requireConfirmed(desk, askRoute(officeOf(desk), { id, kind: route.kind, config, offices }));
    saveRoute(officeOf(desk), { id, kind: route.kind, config, offices, by: actorOf(desk) });
    tellChanged(desk, 'routes');
    desk.session.get().exchange.syncNow();
    return {};
  },
  'route:remove': ({ id }, desk) => {
    removeRoute(officeOf(desk), id, actorOf(desk));
    tellChanged(desk, 'routes');
    return {};
  },
  'route:test': ({ id }, desk) => testRoute(officeOf(desk), id),
};
