import { z } from 'zod';
import { channel } from '../channel.ts';
import { count, done, instant, matterId, nothing, sha256 } from '../parts.ts';

/** What a person wants to hear of again, and when. Kept in the vault; nothing of it leaves it. */

/** Characters of what a person writes to a reminder. */
export const REMINDER_NOTE = 200;

const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('matter'), matter: matterId }),
  z.strictObject({ kind: z.literal('message'), m: sha256 }),
  /** Judged here and not kept: its name is all there is. */
  z.strictObject({ kind: z.literal('file'), name: z.string().min(1).max(255) }),
]);
export type ReminderSubject = z.infer<typeof subject>;

const reminder = z.strictObject({
  id: count,
  dueAt: instant,
  about: subject,
  /** Of the matter, or of that of the message; empty where there is none. */
  title: z.string(),
  note: z.string(),
  by: z.string(),
  at: instant,
});
export type ReminderView = z.infer<typeof reminder>;

export const reminderChannels = {
  /** The first due first, those that are due already among them: they stay until a person puts them away. */
  'reminder:list': channel('open', nothing, z.strictObject({ items: z.array(reminder) })),
  'reminder:set': channel(
    'open',
    z.strictObject({ dueAt: instant, about: subject, note: z.string().max(REMINDER_NOTE) }),
    reminder,
  ),
  /** Nothing happens where it is gone. */
  'reminder:remove': channel('open', z.strictObject({ id: count }), done),
};
