import { basename } from 'node:path';
import type { evidenceChannels } from '../../../shared/ipc/channels/evidence.ts';
import type { Instant } from '../../../shared/model/brand.ts';
import { openChosen, readChosen, withChosenTarget } from '../../usecases/chosen-files.ts';
import { exportEvidence } from '../../usecases/evidence/export-evidence.ts';
import { judgeBundle } from '../../usecases/evidence/judge-bundle.ts';
import { previewEvidence } from '../../usecases/evidence/preview-evidence.ts';
import { recogniseBundle } from '../../usecases/evidence/recognise-bundle.ts';
import { renderEvidenceReport } from '../../usecases/render-evidence-report.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, noteOf, officeOf } from '../office-of.ts';
import { saveReport } from '../save-report.ts';

/** Anchors of one file. */
const ANCHORS = 4 * 1024 * 1024;

export const evidenceHandlers: HandlersOf<keyof typeof evidenceChannels> = {
  'evidence:preview': ({ matter }, desk) => {
    const { missing, wanted, ...rest } = previewEvidence(officeOf(desk), matter);
    return { ...rest, missing: [...missing], wanted: [...wanted] };
  },
  'evidence:export': async ({ matter }, desk) => {
    const { context, jobs } = desk.session.get();
    const path = await desk.shell.chooseTarget(`${matter}.evidence.zip`);
    if (path === null) return { job: null };
    const { name, version } = desk.shell.info();
    const request = { matter, by: actorOf(desk), program: `${name} ${version}` };
    const job = jobs.start({ kind: 'export', label: basename(path), matter }, async ({ signal, progress }) => {
      await withChosenTarget(
        path,
        (sink) => exportEvidence(context, { ...request, sink, signal, progress }),
        noteOf(desk),
      );
    });
    return { job: job.id };
  },
  'evidence:recognise': async ({ file }, { files }) => {
    const { source } = await openChosen(files.look(file));
    return { bundle: await recogniseBundle(source).finally(() => source.close()) };
  },
  'evidence:verify': async ({ file, anchors, fingerprints, ownTrust, at }, desk) => {
    const certificates = await Promise.all(anchors.map((token) => readChosen(desk.files.look(token), ANCHORS)));
    const { name, source } = await openChosen(desk.files.take(file));
    const { context, jobs, bundles } = desk.session.get();
    const job = jobs.start({ kind: 'verify', label: name }, async ({ signal, progress, set }) => {
      try {
        const moment = at === null ? {} : { at: new Date(at) };
        const trust = { anchors: certificates, fingerprints, ownTrust };
        const report = await judgeBundle(context, { bundle: source, ...trust, ...moment, signal, progress });
        const judgedAt = desk.now().toISOString() as Instant;
        set({ verification: bundles.add({ name, size: source.size, report, at: judgedAt }).id });
      } finally {
        await source.close();
      }
    });
    return { job: job.id };
  },
  'evidence:show': ({ id }, { session }) => session.get().bundles.get(id),
  'evidence:save-report': async ({ id, format, language }, desk) => {
    const verdict = desk.session.get().bundles.get(id);
    const { name, report } = verdict;
    const page = () => renderEvidenceReport(verdict, language);
    return { saved: await saveReport(desk, { name, format, report, page }) };
  },
  'evidence:print-report': async ({ id, language }, { session, shell }) => ({
    printed: await shell.print(renderEvidenceReport(session.get().bundles.get(id), language)),
  }),
};
