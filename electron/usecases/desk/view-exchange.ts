import type { ExchangeState } from '../../../shared/ipc/channels/exchange.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import { findMatter } from '../../vault/repositories/matters.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { countQueued } from '../../vault/repositories/outbox.ts';
import { listUnconfirmed } from '../confirm-outbox.ts';
import type { OfficeContext } from '../context.ts';
import { exchangeStatus } from '../exchange-status.ts';
import type { LoopState } from '../session/exchange-loop.ts';
import { nameOffice } from './names.ts';

/** The exchange as a whole: what it does, what it waits for, what stands in its way. */
export function viewExchange(context: OfficeContext, loop: LoopState): ExchangeState {
  const db = context.vault.read;
  const status = exchangeStatus(context);
  return {
    running: loop.running,
    lastSuccess: loop.lastSuccess,
    queued: countQueued(db),
    nextAt: status.nextPosting,
    unreachable: loop.unreachable.map(({ channel, office, code }) => ({
      route: channel,
      office: office === null ? null : nameOffice(db, office),
      code,
    })),
    failed: (loop.last?.failed ?? []).map(({ name, code }) => ({ name, code })),
    frozen: status.frozen,
    awaiting: status.awaiting.map((office) => nameOffice(db, office)),
    pendingCards: status.pendingCards.map((office) => nameOffice(db, office)),
    restored: status.vault.state !== 'active',
  };
}

/** Copies that were queued in a restored backup and wait for a person. */
export function viewFrozen(context: OfficeContext): ResponseOf<'exchange:list-frozen'> {
  const db = context.vault.read;
  return {
    items: listUnconfirmed(context).map(({ id, m, office, createdAt }) => {
      const message = findMessage(db, m);
      const matter = message?.matter == null ? null : findMatter(db, message.matter);
      return {
        id,
        m,
        title: matter?.title ?? '',
        act: message?.act ?? null,
        office: nameOffice(db, office),
        createdAt,
      };
    }),
  };
}
