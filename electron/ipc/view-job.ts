import type { Job as JobView } from '../../shared/ipc/channels/job.ts';
import type { Job } from '../usecases/session/jobs.ts';

/** A job as the window sees it. */
export function viewJob(job: Job): JobView {
  return {
    ...job,
    failure: job.failure === null ? null : { code: job.failure.code, params: { ...job.failure.params } },
    sent: job.sent.map(({ draft, m, failure }) => ({
      draft,
      m,
      failure: failure === null ? null : { code: failure.code, params: { ...failure.params } },
    })),
  };
}
