import type { EventOf } from '../../shared/ipc/contract.ts';
import type { OfficeContext } from '../usecases/context.ts';
import { noteOfHalfWritten } from '../usecases/half-written.ts';
import { findCurrentPerson } from '../usecases/settings.ts';
import type { Desk } from './desk.ts';

/** The open office. @throws AppError VAULT_LOCKED */
export function officeOf({ session }: Desk): OfficeContext {
  return session.get().context;
}

/** Who is named in the log for what the window asks: the person who sits there, or the window where nobody said so. */
export function actorOf(desk: Desk): string {
  return findCurrentPerson(officeOf(desk).vault.read) ?? 'window';
}

/** Where the vault notes what is written in the clear until it has its name. @throws AppError VAULT_LOCKED */
export function noteOf(desk: Desk): ReturnType<typeof noteOfHalfWritten> {
  return noteOfHalfWritten(officeOf(desk).vault);
}

/** Tells the window that what it shows may be old. */
export function tellChanged({ tell }: Desk, ...what: EventOf<'records:changed'>['what']): void {
  tell('records:changed', { what, matters: [] });
}
