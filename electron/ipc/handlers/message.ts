import { AppError } from '../../../shared/errors.ts';
import type { messageChannels } from '../../../shared/ipc/channels/message.ts';
import type { PersonId } from '../../../shared/model/brand.ts';
import { withChosenTarget } from '../../usecases/chosen-files.ts';
import { findText, listInbox, showMessageView, viewRejected } from '../../usecases/desk/view-inbox.ts';
import { exportMessage } from '../../usecases/export-message.ts';
import { markOpened } from '../../usecases/mark-opened.ts';
import { findCurrentPerson } from '../../usecases/settings.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, noteOf, officeOf, tellChanged } from '../office-of.ts';

export const messageHandlers: HandlersOf<keyof typeof messageChannels> = {
  'inbox:list': (request, desk) => listInbox(officeOf(desk), request),
  'inbox:rejected': ({ query = '', limit, after }, desk) => viewRejected(officeOf(desk), query, limit, after),
  'message:show': ({ m }, desk) => showMessageView(officeOf(desk), m),
  'message:mark-opened': async ({ m }, desk) => {
    const office = officeOf(desk);
    const person = findCurrentPerson(office.vault.read) as PersonId | null;
    if (person === null) throw new AppError('PERSON_UNKNOWN');
    const receipt = await markOpened(office, m, person);
    if (receipt) {
      tellChanged(desk, 'messages', 'matters');
      desk.session.get().exchange.syncNow();
    }
    return { receipt };
  },
  'message:export': async ({ m, level }, desk) => {
    const path = await desk.shell.chooseTarget(`${m.slice(0, 12)}.asice`);
    if (path === null) return { job: null };
    const { context, jobs } = desk.session.get();
    const by = actorOf(desk);
    const job = jobs.start({ kind: 'export', label: m.slice(0, 12) }, async ({ signal }) => {
      await withChosenTarget(path, (sink) => exportMessage(context, { m, level, sink, by, signal }), noteOf(desk));
    });
    return { job: job.id };
  },
  'search:find': ({ query, matter, limit, after }, desk) => findText(officeOf(desk), query, matter, limit, after),
};
