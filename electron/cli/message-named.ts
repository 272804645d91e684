import { AppError } from '../../shared/errors.ts';
import type { M } from '../../shared/model/brand.ts';
import type { OfficeContext } from '../usecases/context.ts';
import { listMessagesBeginning } from '../vault/repositories/messages.ts';
import type { CommandContext } from './context.ts';
import { usageError } from './usage-error.ts';

const DIGITS = { shortest: 8, whole: 64 } as const;

/** The M that a person typed, or how it begins: lists print 16 digits of it. @throws AppError IDENTIFIER_INVALID */
export function readMessageName(text: string): string {
  const name = text.replace(/\s/g, '').toLowerCase();
  const isName = /^[0-9a-f]+$/.test(name) && name.length >= DIGITS.shortest && name.length <= DIGITS.whole;
  if (!isName) throw new AppError('IDENTIFIER_INVALID', { field: 'm' });
  return name;
}

/** The one message that is named so; a whole M goes through as it is. @throws AppError MESSAGE_UNKNOWN, USAGE where several begin so */
export function messageNamed({ vault }: OfficeContext, name: string, { t }: CommandContext): M {
  if (name.length === DIGITS.whole) return name as M;
  const [m, other] = listMessagesBeginning(vault.read, name, 2);
  if (m === undefined) throw new AppError('MESSAGE_UNKNOWN', { m: name });
  if (other !== undefined) throw usageError(t('cli.message.severalBegin', { name }));
  return m;
}
