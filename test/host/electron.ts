/** The module `electron` as main sees it, and the test's line to this process. */
import { app } from './app.ts';
import { browser } from './browser.ts';
import { BrowserWindow } from './browser-window.ts';
import { listenToTest } from './control.ts';
import { ipcMain } from './ipc-main.ts';
import { protocol } from './schemes.ts';
import { session } from './session.ts';
import {
  autoUpdater,
  clipboard,
  contentTracing,
  crashReporter,
  dialog,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  safeStorage,
  screen,
  shell,
  systemPreferences,
  Tray,
  utilityProcess,
} from './system.ts';
import { WebContents } from './web-contents.ts';

const webContents = { getAllWebContents: () => BrowserWindow.getAllWindows().map((window) => window.webContents) };

export {
  app,
  autoUpdater,
  BrowserWindow,
  clipboard,
  contentTracing,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  utilityProcess,
  WebContents,
  webContents,
};

const api = { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, powerMonitor, protocol, screen, session, shell };
listenToTest(api);

/** Says that the app is ready, once there is a browser to open windows in. */
export async function start(): Promise<void> {
  await browser;
  app.becomeReady();
}
