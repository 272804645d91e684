import { useEffect, useState } from 'react';
import type { Job } from '../../../shared/ipc/channels/job.ts';
import type { ChosenFile } from '../../../shared/ipc/parts.ts';
import { registerDropped } from '../../bridge.ts';
import { type Failure, failureOf, useTell } from '../../data/use-ask.ts';
import { useJob } from '../../data/use-job.ts';

interface VerifyFile {
  /** While it runs. */
  readonly job: Job | null;
  readonly failure: Failure | null;
  readonly choose: () => void;
  readonly drop: (files: readonly File[]) => void;
  readonly cancel: () => void;
}

/** One file is judged at a time. @param onFound is given the verification */
export function useVerifyFile(onFound: (id: string) => void): VerifyFile {
  const pick = useTell('file:choose');
  const start = useTell('verify:file');
  const stop = useTell('job:cancel');
  const [id, setId] = useState<string | null>(null);
  const [dropped, setDropped] = useState<Failure | null>(null);
  const job = useJob(id);
  const found = job?.state === 'done' ? job.verification : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the verification has its name
  useEffect(() => {
    if (found === null) return;
    setId(null);
    onFound(found);
  }, [found]);
  const take = ([file]: readonly ChosenFile[]): void => {
    setDropped(null);
    if (file !== undefined) start.tell({ file: file.token, at: null }, { onSuccess: (started) => setId(started.job) });
  };
  return {
    job: job?.state === 'running' ? job : null,
    failure: dropped ?? pick.failure ?? start.failure ?? job?.failure ?? null,
    choose: () => pick.tell({ purpose: 'verify', several: false }, { onSuccess: ({ files }) => take(files) }),
    drop: (files) => void registerDropped(files).then(take, (error: unknown) => setDropped(failureOf(error))),
    cancel: () => {
      if (id !== null) stop.tell({ job: id });
    },
  };
}
