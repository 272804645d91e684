import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ protocol: {} }));
const { isOwnSender } = await import('../../../electron/shell/own-sender.ts');
const { isOwnAddress } = await import('../../../electron/shell/own-scheme.ts');

const webContents = {};
const window = { webContents } as BrowserWindow;
const own = { origin: 'app://bundle', parent: null };
const ask = (sender: object, senderFrame: object | null) =>
  isOwnSender({ sender, senderFrame } as unknown as IpcMainInvokeEvent, window);

test('the top frame of our window with our page is ours', () => {
  expect(ask(webContents, own)).toBe(true);
});

test.each([
  ['a frame inside it', webContents, { ...own, parent: own }],
  ['a frame that is gone', webContents, null],
  ['another window', {}, own],
  ['an opaque origin', webContents, { ...own, origin: 'null' }],
  ['a longer origin', webContents, { ...own, origin: 'app://bundle.example' }],
  ['a page on its way to the printer', webContents, { ...own, origin: 'app://paper' }],
  ['the web', webContents, { ...own, origin: 'https://bundle' }],
])('%s is not', (_what, sender, frame) => {
  expect(ask(sender, frame)).toBe(false);
});

test.each(['app://bundle.example/', 'app://x@bundle/', 'app://bundle:1/', 'App:bundle', 'https://bundle/', ''])(
  'the address %s is not ours',
  (address) => expect(isOwnAddress(address)).toBe(false),
);
