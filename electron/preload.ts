/** The window's whole reach: the questions and events of the contract by name, nothing of Electron's own. */
import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import { CHANNELS, type LexpostBridge } from '../shared/ipc/contract.ts';
import { EVENTS } from '../shared/ipc/events.ts';
import { failed } from '../shared/result.ts';

const bridge: LexpostBridge<File> = {
  async invoke(name, request) {
    if (!Object.hasOwn(CHANNELS, name)) return failed(null);
    try {
      return await ipcRenderer.invoke(name, request);
    } catch {
      // Electron's own error names the channel and quotes what was thrown; the page learns neither
      return failed(null);
    }
  },
  on(name, listener) {
    if (!Object.hasOwn(EVENTS, name)) return () => {};
    const forward = (_event: IpcRendererEvent, payload: Parameters<typeof listener>[0]): void => listener(payload);
    ipcRenderer.on(name, forward);
    return () => ipcRenderer.off(name, forward);
  },
  async registerDropped(files) {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    try {
      return await ipcRenderer.invoke('file:register-dropped', { paths });
    } catch {
      return failed(null);
    }
  },
};

contextBridge.exposeInMainWorld('lexpost', bridge);
