import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { ORIGIN } from './own-scheme.ts';

/**
 * Whether a request comes from the top frame of our own window, showing our own page. A frame inside it, a page that is being printed, and a page of another
 * origin that somehow came to have the preload are all strangers.
 */
export function isOwnSender(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>, window: BrowserWindow): boolean {
  const { sender, senderFrame } = event;
  return (
    sender === window.webContents &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    senderFrame.origin === ORIGIN
  );
}
