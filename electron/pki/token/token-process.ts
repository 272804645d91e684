/**
 * The process that a vendor's PKCS#11 module runs in: where it crashes or hangs, this process ends and the office goes on. It knows one module, answers one call
 * after the other and ends with whoever started it.
 *
 * Started by child_process.fork, or by Electron's utilityProcess, whose port comes with the process.
 */
import { isAppError } from '../../../shared/errors.ts';
import { refuseCoreDumps } from '../../files/refuse-core-dumps.ts';
import { createModuleDesk } from './module-desk.ts';
import type { TokenRequest } from './token-calls.ts';

interface UtilityPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

// Electron starts this process from one that was there before main: it inherits nothing of main
refuseCoreDumps();
const desk = createModuleDesk();

function answer({ id, call }: TokenRequest): unknown {
  try {
    return { id, ok: true, value: desk.answer(call) };
  } catch (error) {
    if (isAppError(error)) return { id, ok: false, code: error.code, params: { ...error.params } };
    return { id, ok: false, code: 'TOKEN_MODULE_FAILED', params: { reason: 'binding' } };
  }
}

const { parentPort } = process as { readonly parentPort?: UtilityPort };
if (parentPort !== undefined) {
  parentPort.on('message', ({ data }) => parentPort.postMessage(answer(data as TokenRequest)));
} else {
  process.on('message', (request: TokenRequest) => process.send?.(answer(request)));
  process.on('disconnect', () => process.exit(0));
}
