import { useEffect, useState } from 'react';
import type { Job } from '../../shared/ipc/channels/job.ts';
import { useAsk } from './use-ask.ts';
import { useEvent } from './use-events.ts';

/** A job as it goes: asked once, then as main tells. Null where none is meant, or it is not known yet. */
export function useJob(id: string | null): Job | null {
  const [told, setTold] = useState<Job | null>(null);
  const asked = useAsk('job:show', { job: id ?? '00000000-0000-4000-8000-000000000000' }, { enabled: id !== null });
  useEvent('job:changed', (job) => {
    if (job.id === id) setTold(job);
  });
  useEffect(() => {
    if (id === null) setTold(null);
  }, [id]);
  if (id === null) return null;
  const current = told?.id === id ? told : null;
  const first = asked.value?.id === id ? asked.value : null;
  // The answer may be later than the last event.
  return current ?? first;
}
