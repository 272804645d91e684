import { AppError } from '../../../shared/errors.ts';
import type { ReminderSubject, ReminderView } from '../../../shared/ipc/channels/reminder.ts';
import type { Instant } from '../../../shared/model/brand.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findMatter } from '../../vault/repositories/matters.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { insertReminder, listReminders, type ReminderRow, removeReminder } from '../../vault/repositories/reminders.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';
import { nameActor } from './names.ts';
import { getMatter } from './view-matter.ts';

/** As many as a person looks through. */
const SHOWN = 500;

export interface NewReminder {
  readonly dueAt: Instant;
  readonly about: ReminderSubject;
  readonly note: string;
}

/** @throws AppError MATTER_UNKNOWN, MESSAGE_UNKNOWN */
export function setReminder({ vault, now }: OfficeContext, { about, ...rest }: NewReminder, by: string): ReminderView {
  const db = vault.read;
  if (about.kind === 'matter') getMatter(db, about.matter);
  if (about.kind === 'message' && findMessage(db, about.m) === null)
    throw new AppError('MESSAGE_UNKNOWN', { m: about.m });
  const row = { ...rest, ...columnsOf(about), by, at: instantOf(now()) };
  return viewReminder(db, { id: vault.write((write) => insertReminder(write, row)), ...row });
}

export function dropReminder({ vault }: OfficeContext, id: number): void {
  vault.write((db) => removeReminder(db, id));
}

/** The first due first. */
export function viewReminders({ vault }: OfficeContext): ReminderView[] {
  return listReminders(vault.read, SHOWN).map((row) => viewReminder(vault.read, row));
}

/** When somebody is to be reminded: times alone, which may outlast the lock. */
export function listReminderTimes({ vault }: OfficeContext): Instant[] {
  return listReminders(vault.read, SHOWN).map(({ dueAt }) => dueAt);
}

function columnsOf(about: ReminderSubject): Pick<ReminderRow, 'matter' | 'm' | 'file'> {
  const none = { matter: null, m: null, file: null };
  if (about.kind === 'matter') return { ...none, matter: about.matter };
  return about.kind === 'message' ? { ...none, m: about.m } : { ...none, file: about.name };
}

function subjectOf({ matter, m, file }: Pick<ReminderRow, 'matter' | 'm' | 'file'>): ReminderSubject {
  if (matter !== null) return { kind: 'matter', matter };
  return m !== null ? { kind: 'message', m } : { kind: 'file', name: file ?? '' };
}

function viewReminder(db: ReadableDb, { id, dueAt, note, by, at, ...columns }: ReminderRow): ReminderView {
  const matter = columns.matter ?? (columns.m === null ? null : (findMessage(db, columns.m)?.matter ?? null));
  const title = matter === null ? '' : (findMatter(db, matter)?.title ?? '');
  return { id, dueAt, about: subjectOf(columns), title, note, by: nameActor(db, by), at };
}
