import { Notification } from 'electron';

/** Counts alone: a notification stands on the lock screen, and the names of those whom a paper is about can harm them. */
export function notify(title: string, body: string, open: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body, silent: true });
  notification.on('click', open);
  notification.show();
}
