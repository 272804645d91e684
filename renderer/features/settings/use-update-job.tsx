import { useState } from 'react';
import type { Bytes } from '../../../shared/model/brand.ts';
import { useTell } from '../../data/use-ask.ts';
import { useJob } from '../../data/use-job.ts';
import { useText } from '../../text/use-text.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';

/** A check that main runs: how far it is, and what came of it. */
export function useUpdateJob() {
  const { t } = useText();
  const [id, setId] = useState<string | null>(null);
  const job = useJob(id);
  const stop = useTell('job:cancel');
  const running = job?.state === 'running';
  return {
    running,
    failure: job?.state === 'failed' ? job.failure : null,
    follow: ({ job: started }: { readonly job: string }): void => setId(started),
    progress: running && job.total > 0 && (
      <div className="settings-wide">
        <ProgressBar
          done={job.done as Bytes}
          label={t('window.settings.update.running')}
          left={null}
          total={job.total as Bytes}
          onCancel={() => stop.tell({ job: job.id })}
        />
      </div>
    ),
  };
}
