import { describe, expect, test } from 'vitest';
import { createJobs, type Job } from '../../../electron/usecases/session/jobs.ts';
import { AppError } from '../../../shared/errors.ts';

const NOW = () => new Date('2026-11-24T06:00:00.000Z');

describe('jobs', () => {
  test('a job that throws ends with its code, one that threw something foreign with INTERNAL', async () => {
    const told: Job[] = [];
    const jobs = createJobs(NOW, (job) => told.push(job));
    jobs.start({ kind: 'backup', label: '' }, async () => {
      throw new AppError('DISK_FULL');
    });
    jobs.start({ kind: 'backup', label: '' }, async () => {
      throw new TypeError('/home/somebody/secret');
    });
    await jobs.stop();
    expect(told.map(({ state, failure }) => [state, failure?.code])).toEqual([
      ['cancelled', 'DISK_FULL'],
      ['cancelled', 'INTERNAL'],
    ]);
    expect(JSON.stringify(told)).not.toContain('secret');
  });

  test('stopping cancels what runs and waits until it has let go', async () => {
    const jobs = createJobs(NOW, () => {});
    let released = false;
    const { id } = jobs.start({ kind: 'stage', label: 'a.pdf' }, async ({ signal }) => {
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new AppError('CANCELLED'))));
    });
    jobs.start({ kind: 'stage', label: 'b.pdf' }, async ({ signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => setTimeout(resolve, 20)));
      released = true;
    });
    await new Promise(setImmediate);
    await jobs.stop();
    expect(released).toBe(true);
    expect(jobs.get(id)).toMatchObject({ state: 'cancelled', failure: { code: 'CANCELLED' } });
  });

  test('the window is not told of every chunk', async () => {
    const told: Job[] = [];
    const jobs = createJobs(NOW, (job) => told.push(job));
    const { id } = jobs.start({ kind: 'stage', label: '' }, async ({ progress }) => {
      for (let chunk = 0; chunk < 10_000; chunk++) progress(chunk, 10_000);
    });
    while (jobs.get(id).state === 'running') await new Promise(setImmediate);
    expect(told.length).toBeLessThan(100);
    expect(jobs.get(id)).toMatchObject({ state: 'done', done: 9_999 });
  });
});
