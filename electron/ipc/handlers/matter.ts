import type { homeChannels } from '../../../shared/ipc/channels/home.ts';
import type { matterChannels } from '../../../shared/ipc/channels/matter.ts';
import { withChosenTarget } from '../../usecases/chosen-files.ts';
import { exportMatters } from '../../usecases/desk/export-csv.ts';
import { findMatters } from '../../usecases/desk/find-matters.ts';
import {
  addNote,
  assignMatters,
  changeNote,
  dropNote,
  dropView,
  listSavedViews,
  saveView,
} from '../../usecases/desk/keep-notes.ts';
import { noteExport } from '../../usecases/desk/note-export.ts';
import { renderMatterSheet } from '../../usecases/desk/render-matter-sheet.ts';
import { chartDesk, countNeeds, listFacets, listToday } from '../../usecases/desk/view-home.ts';
import { previewMatter, viewMatter } from '../../usecases/desk/view-matter.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, noteOf, officeOf, tellChanged } from '../office-of.ts';
import { savePdf } from '../save-report.ts';

export const matterHandlers: HandlersOf<keyof typeof matterChannels | keyof typeof homeChannels> = {
  'matter:list': (request, desk) => findMatters(officeOf(desk), request),
  'matter:preview': ({ matter }, desk) => previewMatter(officeOf(desk), matter),
  'matter:show': ({ matter }, desk) => viewMatter(officeOf(desk), matter),
  'matter:facets': (_, desk) => listFacets(officeOf(desk)),
  'matter:assign': ({ matters, person }, desk) => {
    assignMatters(officeOf(desk), matters, person);
    tellChanged(desk, 'matters');
    return {};
  },
  'matter:export-csv': async ({ filter, sort, only }, desk) => {
    const path = await desk.shell.chooseTarget('matters.csv');
    if (path === null) return { saved: false, rows: 0 };
    const request = { filter, sort, only, language: desk.shell.language(), by: actorOf(desk) };
    const rows = await withChosenTarget(path, (sink) => exportMatters(officeOf(desk), sink, request), noteOf(desk));
    return { saved: true, rows };
  },
  'matter:print': async ({ matter }, { session, shell }) => ({
    printed: await shell.print(renderMatterSheet(session.get().context, matter, shell.language())),
  }),
  'matter:save-pdf': async ({ matter }, desk) => {
    const page = () => renderMatterSheet(officeOf(desk), matter, desk.shell.language());
    const saved = await savePdf(desk, matter, page);
    if (saved) noteExport(officeOf(desk), actorOf(desk), 'matters-exported', 1, matter);
    return { saved };
  },
  'matter:add-note': ({ matter, text }, desk) => addNote(officeOf(desk), matter, text, actorOf(desk)),
  'matter:edit-note': ({ note, text }, desk) => changeNote(officeOf(desk), note, text),
  'matter:remove-note': ({ note }, desk) => {
    dropNote(officeOf(desk), note);
    return {};
  },
  'view:list': (_, desk) => ({ items: listSavedViews(officeOf(desk)) }),
  'view:save': (request, desk) => {
    const saved = saveView(officeOf(desk), request);
    tellChanged(desk, 'views');
    return saved;
  },
  'view:remove': ({ id }, desk) => {
    dropView(officeOf(desk), id);
    tellChanged(desk, 'views');
    return {};
  },

  'home:counts': (_, desk) => countNeeds(officeOf(desk)),
  'home:today': ({ limit }, desk) => listToday(officeOf(desk), limit),
  'home:charts': ({ months }, desk) => chartDesk(officeOf(desk), months),
};
