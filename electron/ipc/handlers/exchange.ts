import type { auditChannels, exchangeChannels } from '../../../shared/ipc/channels/exchange.ts';
import type { jobChannels } from '../../../shared/ipc/channels/job.ts';
import { withChosenTarget } from '../../usecases/chosen-files.ts';
import { confirmOutbox } from '../../usecases/confirm-outbox.ts';
import { readAuditWords } from '../../usecases/desk/audit-words.ts';
import { exportAudit } from '../../usecases/desk/export-csv.ts';
import { noteExport } from '../../usecases/desk/note-export.ts';
import { askOwnCard } from '../../usecases/desk/questions/card-questions.ts';
import { askFinishRestore, askFrozen } from '../../usecases/desk/questions/exchange-questions.ts';
import { renderAuditSheet } from '../../usecases/desk/render-audit-sheet.ts';
import { checkAudit, viewAudit } from '../../usecases/desk/view-audit.ts';
import { viewExchange, viewFrozen } from '../../usecases/desk/view-exchange.ts';
import { finishRestore, listAwaited, resumeAfterRestore } from '../../usecases/resume-after-restore.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, noteOf, officeOf } from '../office-of.ts';
import { requireConfirmed } from '../require-confirmed.ts';
import { savePdf } from '../save-report.ts';
import { withSecretText } from '../secret-text.ts';
import { viewJob } from '../view-job.ts';

type Names = keyof typeof exchangeChannels | keyof typeof auditChannels | keyof typeof jobChannels;

/** Absent members are left out: a condition that nobody set must not stand in the query. */
function given<T extends object>(filter: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}

export const exchangeHandlers: HandlersOf<Names> = {
  'exchange:status': (_, desk) => viewExchange(officeOf(desk), desk.session.get().exchange.state()),
  'exchange:sync': (_, { session }) => ({ started: session.get().exchange.syncNow() }),
  'exchange:resume': async ({ credentials: { person, secret } }, desk) => {
    const { question, persons } = askOwnCard(officeOf(desk), 'resume', person, {});
    await withSecretText(secret, async (passphrase) => {
      await requireConfirmed(desk, question);
      return resumeAfterRestore(officeOf(desk), { person, passphrase }, { shownPersons: persons });
    });
    desk.session.get().exchange.syncNow();
    return { asked: listAwaited(officeOf(desk)).length };
  },
  'exchange:finish-restore': async (_, desk) => {
    await requireConfirmed(desk, askFinishRestore(officeOf(desk)));
    await finishRestore(officeOf(desk), actorOf(desk));
    return {};
  },
  'exchange:list-frozen': (_, desk) => viewFrozen(officeOf(desk)),
  'exchange:decide-frozen': async ({ decision, ids }, desk) => {
    await requireConfirmed(desk, askFrozen(officeOf(desk), decision, ids));
    const decided = await confirmOutbox(officeOf(desk), decision, ids, actorOf(desk));
    desk.session.get().exchange.syncNow();
    return { decided };
  },

  'audit:list': ({ filter, limit, after }, desk) => {
    const office = officeOf(desk);
    return viewAudit(office, readAuditWords(office.vault.read, given(filter)), limit, after);
  },
  'audit:check': (_, desk) => checkAudit(officeOf(desk)),
  'audit:export-csv': async ({ filter }, desk) => {
    const path = await desk.shell.chooseTarget('audit.csv');
    if (path === null) return { saved: false, rows: 0 };
    const { language } = desk.shell;
    const rows = await withChosenTarget(
      path,
      (sink) => exportAudit(officeOf(desk), sink, given(filter), language(), actorOf(desk)),
      noteOf(desk),
    );
    return { saved: true, rows };
  },
  'audit:save-pdf': async ({ filter }, desk) => {
    const { page, rows } = renderAuditSheet(officeOf(desk), given(filter), desk.shell.language());
    const saved = await savePdf(desk, 'audit', () => page);
    if (saved) noteExport(officeOf(desk), actorOf(desk), 'audit-exported', rows);
    return { saved, rows: saved ? rows : 0 };
  },

  'job:list': (_, { session }) => ({ items: session.get().jobs.list().map(viewJob) }),
  'job:show': ({ job }, { session }) => viewJob(session.get().jobs.get(job)),
  'job:cancel': ({ job }, { session }) => {
    session.get().jobs.cancel(job);
    return {};
  },
};
