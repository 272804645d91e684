import type { reminderChannels } from '../../../shared/ipc/channels/reminder.ts';
import { dropReminder, listReminderTimes, setReminder, viewReminders } from '../../usecases/desk/keep-reminders.ts';
import type { Desk } from '../desk.ts';
import type { HandlersOf } from '../handlers.ts';
import { actorOf, officeOf, tellChanged } from '../office-of.ts';

export const reminderHandlers: HandlersOf<keyof typeof reminderChannels> = {
  'reminder:list': (_, desk) => ({ items: viewReminders(officeOf(desk)) }),
  'reminder:set': (reminder, desk) => {
    const set = setReminder(officeOf(desk), reminder, actorOf(desk));
    changed(desk);
    return set;
  },
  'reminder:remove': ({ id }, desk) => {
    dropReminder(officeOf(desk), id);
    changed(desk);
    return {};
  },
};

function changed(desk: Desk): void {
  desk.shell.keepReminders(listReminderTimes(officeOf(desk)));
  tellChanged(desk, 'reminders');
}
