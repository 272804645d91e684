import { openTokenModule, type TokenModule, type TokenSession } from '../../pki/token/open-token.ts';
import type { StartChild } from '../../pki/token/start-token-process.ts';
import type { TokenModuleSetting } from './token-modules.ts';

/** What an open office has to do with tokens. */
export interface TokenDesk {
  /** Starts a module in a process of its own. @throws AppError TOKEN_MODULE_MISSING, TOKEN_MODULE_FAILED */
  open(setting: TokenModuleSetting): Promise<TokenModule>;
  /** The token whose key reads what comes in; null while nobody has given its PIN. */
  reader(): TokenSession | null;
  setReader(session: TokenSession | null): void;
  /** Ends every process and with it every login. */
  close(): void;
}

/** @param start how a process is started; plain Node's way by default */
export function createTokenDesk(start?: StartChild): TokenDesk {
  const open = new Set<TokenModule>();
  let reader: TokenSession | null = null;
  const close = (): void => {
    reader?.close();
    reader = null;
    for (const module of open) module.close();
    open.clear();
  };
  return {
    async open(setting) {
      const module = await openTokenModule({ ...setting, ...(start === undefined ? {} : { start }) });
      const tracked: TokenModule = {
        ...module,
        close() {
          open.delete(tracked);
          module.close();
        },
      };
      open.add(tracked);
      return tracked;
    },
    reader: () => reader,
    setReader(session) {
      reader?.close();
      reader = session;
    },
    close,
  };
}
