import type { documentChannels, paperChannels } from '../../../shared/ipc/channels/message.ts';
import { withChosenTarget, writeChosen } from '../../usecases/chosen-files.ts';
import { exportDocument } from '../../usecases/export-document.ts';
import { listPapers } from '../../usecases/papers/list-papers.ts';
import { listPatterns } from '../../usecases/papers/list-patterns.ts';
import { setNumberPattern } from '../../usecases/papers/paper-number.ts';
import { renderMatterPaper } from '../../usecases/papers/render-matter-paper.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, noteOf, officeOf } from '../office-of.ts';

export const documentHandlers: HandlersOf<keyof typeof documentChannels | keyof typeof paperChannels> = {
  'document:open': ({ source }, { session }) => session.get().documents.open(source),
  'document:read': async ({ source, offset, length }, { session }) => ({
    bytes: await session.get().documents.read(source, offset, length),
  }),
  'document:export': async ({ m, index }, desk) => {
    const { context, jobs, documents } = desk.session.get();
    const { name, size } = await documents.open({ kind: 'message', m, index });
    const path = await desk.shell.chooseTarget(name);
    if (path === null) return { job: null };
    const by = actorOf(desk);
    const job = jobs.start({ kind: 'export', label: name }, async ({ signal, progress }) => {
      progress(0, size);
      await withChosenTarget(path, (sink) => exportDocument(context, { m, index, sink, by, signal }), noteOf(desk));
      progress(size, size);
    });
    return { job: job.id };
  },

  'paper:list': ({ matter }, desk) => ({ items: listPapers(officeOf(desk), matter) }),
  'paper:read': async ({ matter, paper, m }, desk) => {
    const rendered = await renderMatterPaper(officeOf(desk), { matter, paper, ...(m === null ? {} : { m }) });
    return { title: rendered.paper.title.join(''), bytes: rendered.pdf };
  },
  'paper:patterns': (_, desk) => ({ items: listPatterns(officeOf(desk)) }),
  'paper:set-pattern': ({ paper, pattern }, desk) => {
    setNumberPattern(officeOf(desk), paper, pattern, actorOf(desk));
    return {};
  },
  'paper:save': async ({ matter, paper, m }, desk) => {
    const rendered = await renderMatterPaper(officeOf(desk), { matter, paper, ...(m === null ? {} : { m }) });
    const path = await desk.shell.chooseTarget(`${rendered.paper.title.join('')}.pdf`);
    if (path !== null) await writeChosen(path, rendered.pdf, noteOf(desk));
    return { saved: path !== null };
  },
};
