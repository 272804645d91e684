import type { ReminderSubject, ReminderView } from '../../shared/ipc/channels/reminder.ts';
import type { Instant } from '../../shared/model/brand.ts';
import { type Failure, useAsk, useTell } from './use-ask.ts';

interface Reminders {
  /** Of this subject, the first due first. */
  readonly items: readonly ReminderView[];
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onSet: (dueAt: Instant, note: string, done: () => void) => void;
  readonly onCancel: (id: number) => void;
}

/** What somebody wants to be reminded of about one matter, message or file, as RemindMe takes it. */
export function useReminders(about: ReminderSubject): Reminders {
  const list = useAsk('reminder:list', {});
  const set = useTell('reminder:set');
  const remove = useTell('reminder:remove');
  return {
    items: list.value?.items.filter((one) => isAbout(one, about)) ?? [],
    busy: set.isPending,
    failure: list.failure ?? set.failure ?? remove.failure,
    onSet: (dueAt, note, done) => set.tell({ dueAt, about, note }, { onSuccess: done }),
    onCancel: (id) => remove.tell({ id }),
  };
}

function isAbout({ about: one }: ReminderView, about: ReminderSubject): boolean {
  if (one.kind === 'matter') return about.kind === 'matter' && one.matter === about.matter;
  if (one.kind === 'message') return about.kind === 'message' && one.m === about.m;
  return about.kind === 'file' && one.name === about.name;
}
