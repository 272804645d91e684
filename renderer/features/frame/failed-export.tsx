import { Button } from 'antd';
import { useState } from 'react';
import type { Job } from '../../../shared/ipc/channels/job.ts';
import { useEvent } from '../../data/use-events.ts';
import { useText } from '../../text/use-text.ts';
import { ErrorSheet } from '../../ui/error-sheet.tsx';
import { useToast } from '../../ui/use-toast.ts';
import './failed-export.css';

/** What became of a file that was being written while people went on: named once where it was, kept in sight until it is read where it was not. */
export function FailedExport() {
  const { t } = useText();
  const toast = useToast();
  const [failed, setFailed] = useState<Job | null>(null);
  useEvent('job:changed', (job) => {
    if (job.kind !== 'export') return;
    if (job.state === 'done') toast(t('window.frame.exported.done', { name: job.label }));
    if (job.state === 'failed') setFailed(job);
  });
  if (failed?.failure == null) return null;
  return (
    <section aria-label={t('window.frame.exported.failed', { name: failed.label })} className="failed-export">
      <h2 className="clip">{t('window.frame.exported.failed', { name: failed.label })}</h2>
      <ErrorSheet
        act={
          <Button size="small" onClick={() => setFailed(null)}>
            {t('window.notices.known')}
          </Button>
        }
        failure={failed.failure}
      />
    </section>
  );
}
