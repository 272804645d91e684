import { CommanderError } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { Translate } from '../../shared/i18n/create-i18n.ts';

const REASONS = {
  'commander.unknownOption': 'unknownOption',
  'commander.unknownCommand': 'unknownCommand',
  'commander.missingArgument': 'missingArgument',
  'commander.optionMissingArgument': 'optionMissingArgument',
  'commander.missingMandatoryOptionValue': 'missingOption',
  'commander.excessArguments': 'excessArguments',
  'commander.conflictingOption': 'conflictingOption',
  'commander.help': 'missingCommand',
} as const;

/** A usage error whose `reason` is a sentence in the person's language. */
export function usageError(reason: string, cause?: unknown): AppError {
  return new AppError('USAGE', { reason }, cause);
}

/** Commander says its errors in English only; the name it quotes goes into our own sentence. */
export function fromCommander(error: CommanderError, t: Translate): AppError {
  const [, name = ''] = /'([^']*)'/.exec(error.message) ?? [];
  if (error.code === 'commander.invalidArgument') {
    const [, value = '', detail = ''] = /argument '(.*)' is invalid\. (.*)$/s.exec(error.message) ?? [];
    return usageError(t('cli.usage.invalidArgument', { name, value, detail }), error);
  }
  const key = REASONS[error.code as keyof typeof REASONS];
  if (key !== undefined) return usageError(t(`cli.usage.${key}`, { name }), error);
  return usageError(error.message.replace(/^error: /, ''), error);
}

export function isCommanderError(error: unknown): error is CommanderError {
  return error instanceof CommanderError;
}
