import { utilityProcess } from 'electron';

/**
 * A process for code that may crash or hang, where plain Node would fork: a packed program does not serve as an interpreter (build/fuses.ts). Its output goes
 * nowhere: vendors' modules write where they like.
 */
export function startUtility(file: string) {
  const child = utilityProcess.fork(file, [], { stdio: 'ignore', serviceName: 'lexpost-token' });
  return {
    send: (message: unknown): void => child.postMessage(message),
    listen: (message: (value: unknown) => void, ended: () => void): void => {
      child.on('message', message);
      child.on('exit', ended);
    },
    kill: (): void => {
      child.kill();
    },
  };
}
