import type { verifyChannels } from '../../../shared/ipc/channels/message.ts';
import type { Instant } from '../../../shared/model/brand.ts';
import { openChosen } from '../../usecases/chosen-files.ts';
import { renderReportPage } from '../../usecases/render-report-page.ts';
import { verifyFile } from '../../usecases/verify-file.ts';
import { verifyMessage } from '../../usecases/verify-message.ts';
import type { HandlersOf } from '../handlers.ts';
import { officeOf } from '../office-of.ts';
import { saveReport } from '../save-report.ts';

export const verifyHandlers: HandlersOf<keyof typeof verifyChannels> = {
  'verify:file': async ({ file, at }, desk) => {
    const { name, source } = await openChosen(desk.files.take(file));
    const { context, jobs, verifications } = desk.session.get();
    const job = jobs.start({ kind: 'verify', label: name }, async ({ signal, progress, set }) => {
      try {
        const moment = at === null ? {} : { at: new Date(at) };
        const report = await verifyFile(context, { source, signal, progress, ...moment });
        const { id } = verifications.add({ name, size: source.size, report, at: instant(desk.now()) });
        set({ verification: id });
      } finally {
        await source.close();
      }
    });
    return { job: job.id };
  },
  'verify:show': ({ id }, { session }) => session.get().verifications.get(id),
  'verify:message': async ({ m, at = null }, desk) => {
    const { report } = await verifyMessage(officeOf(desk), m, at === null ? desk.now() : new Date(at));
    const size = report.container.size;
    return desk.session.get().verifications.add({ name: m.slice(0, 12), size, report, at: instant(desk.now()) });
  },
  'verify:save-report': async ({ id, format, detailed, language }, desk) => {
    const verification = desk.session.get().verifications.get(id);
    const { name, report } = verification;
    const page = () => renderReportPage(verification, language, detailed);
    return { saved: await saveReport(desk, { name, format, report, page }) };
  },
  'verify:print-report': async ({ id, detailed, language }, { session, shell }) => ({
    printed: await shell.print(renderReportPage(session.get().verifications.get(id), language, detailed)),
  }),
};

const instant = (date: Date): Instant => date.toISOString() as Instant;
