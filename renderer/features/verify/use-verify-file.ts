import { useEffect, useState } from 'react';
import type { Job } from '../../../shared/ipc/channels/job.ts';
import type { RequestOf } from '../../../shared/ipc/contract.ts';
import type { ChosenFile } from '../../../shared/ipc/parts.ts';
import type { Instant } from '../../../shared/model/brand.ts';
import { registerDropped } from '../../bridge.ts';
import { type Failure, failureOf, useTell } from '../../data/use-ask.ts';
import { useJob } from '../../data/use-job.ts';

type Trust = Omit<RequestOf<'evidence:verify'>, 'file'>;

interface VerifyFile {
  /** While it runs. */
  readonly job: Job | null;
  readonly failure: Failure | null;
  /** A chosen evidence bundle, which is not judged before somebody said what to trust. */
  readonly bundle: ChosenFile | null;
  /** Files that a person has named already. */
  readonly take: (files: readonly ChosenFile[]) => void;
  readonly choose: () => void;
  readonly drop: (files: readonly File[]) => void;
  readonly judgeBundle: (trust: Trust) => void;
  readonly leaveBundle: () => void;
  readonly cancel: () => void;
}

interface Options {
  /** Single containers are judged as of then; null: now. Undefined: what was typed is no past moment, and nothing is judged by another one. */
  readonly at: Instant | null | undefined;
  /** Given the verification, or the verdict on a bundle. */
  readonly onFound: (id: string, what: 'file' | 'bundle') => void;
}

/** One file is judged at a time. */
export function useVerifyFile({ at, onFound }: Options): VerifyFile {
  const pick = useTell('file:choose');
  const look = useTell('evidence:recognise');
  const start = useTell('verify:file');
  const judge = useTell('evidence:verify');
  const stop = useTell('job:cancel');
  const [run, setRun] = useState<{ readonly job: string; readonly what: 'file' | 'bundle' } | null>(null);
  const [bundle, setBundle] = useState<ChosenFile | null>(null);
  const [dropped, setDropped] = useState<Failure | null>(null);
  const job = useJob(run?.job ?? null);
  const found = job?.state === 'done' ? job.verification : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the verification has its name
  useEffect(() => {
    if (found === null || run === null) return;
    setRun(null);
    onFound(found, run.what);
  }, [found]);
  const take = ([file]: readonly ChosenFile[]): void => {
    setDropped(null);
    if (file === undefined) return;
    look.tell(
      { file: file.token },
      {
        onSuccess: ({ bundle: isBundle }) => {
          if (isBundle) setBundle(file);
          else if (at !== undefined) {
            start.tell(
              { file: file.token, at },
              { onSuccess: (started) => setRun({ job: started.job, what: 'file' }) },
            );
          }
        },
      },
    );
  };
  return {
    job: job?.state === 'running' ? job : null,
    failure:
      dropped ??
      pick.failure ??
      look.failure ??
      start.failure ??
      judge.failure ??
      (job?.state === 'failed' ? job.failure : null),
    bundle,
    take,
    choose: () => pick.tell({ purpose: 'verify', several: false }, { onSuccess: ({ files }) => take(files) }),
    drop: (files) => void registerDropped(files).then(take, (error: unknown) => setDropped(failureOf(error))),
    judgeBundle: (trust) => {
      if (bundle === null) return;
      judge.tell(
        { file: bundle.token, ...trust },
        { onSuccess: (started) => setRun({ job: started.job, what: 'bundle' }) },
      );
    },
    leaveBundle: () => setBundle(null),
    cancel: () => {
      if (run !== null) stop.tell({ job: run.job });
    },
  };
}
