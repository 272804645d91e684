import type { Mailbox } from '../exchange/mailbox.ts';
import type { ChannelRow } from '../vault/repositories/channels.ts';

export type OpenMailbox = (channel: ChannelRow) => Promise<Mailbox>;

export interface MailboxPool {
  readonly open: OpenMailbox;
  /** Ends the connections of all; what is opened later connects anew. */
  readonly close: () => Promise<void>;
}

/** One mailbox for each channel and configuration, so that a hundred packages go over one connection. */
export function createMailboxPool(openMailbox: OpenMailbox): MailboxPool {
  const open = new Map<string, Promise<Mailbox>>();
  return {
    open: (channel) => {
      const key = JSON.stringify([channel.id, channel.kind, channel.config]);
      const known = open.get(key);
      if (known !== undefined) return known;
      const opened = openMailbox(channel);
      open.set(key, opened);
      opened.catch(() => open.delete(key));
      return opened;
    },
    close: async () => {
      const all = [...open.values()];
      open.clear();
      await Promise.allSettled(all.map(async (mailbox) => (await mailbox).close()));
    },
  };
}
