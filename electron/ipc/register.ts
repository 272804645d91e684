import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { type OpenDoor, openDoor } from './door.ts';

/** Answers the window from now on. The only place that touches `ipcMain`. */
export function register(options: Omit<OpenDoor<IpcMainInvokeEvent>, 'door'>): void {
  openDoor({ ...options, door: ipcMain });
}
