import type { ByteSource } from '../files/bytes.ts';
import type { OpenMailbox } from '../usecases/mailbox-pool.ts';
import type { Progress } from './progress.ts';

type Mailbox = Awaited<ReturnType<OpenMailbox>>;

/** Mailboxes that tell how far each package has come on its way, in either direction. */
export function watchMailboxes(open: OpenMailbox, begin: (way: 'posting' | 'fetching') => Progress): OpenMailbox {
  return async (channel) => {
    const mailbox = await open(channel);
    const put: Mailbox['put'] = async (address, name, source, signal) => {
      const progress = begin('posting');
      try {
        await mailbox.put(address, name, watch(source, progress), signal);
      } finally {
        progress.finish();
      }
    };
    const openEntry: Mailbox['open'] = async (address, name) => {
      const source = await mailbox.open(address, name);
      if (source === null) return null;
      const progress = begin('fetching');
      const close = async (): Promise<void> => {
        progress.finish();
        await source.close();
      };
      return { ...watch(source, progress), close };
    };
    return {
      put,
      open: openEntry,
      list: (address) => mailbox.list(address),
      remove: (address, name) => mailbox.remove(address, name),
      claim: (address, name, holder) => mailbox.claim(address, name, holder),
      release: (address, name, holder) => mailbox.release(address, name, holder),
      sweep: (address) => mailbox.sweep(address),
      close: () => mailbox.close(),
    };
  };
}

/** Parts may be read side by side, and begin where an earlier try stopped: the furthest byte counts. */
function watch(source: ByteSource, progress: Progress): ByteSource {
  let furthest = 0;
  return {
    size: source.size,
    read: async (target, position) => {
      const got = await source.read(target, position);
      furthest = Math.max(furthest, position + got);
      progress.update(furthest, source.size);
      return got;
    },
    close: () => source.close(),
  };
}
