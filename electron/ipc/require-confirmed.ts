import { AppError } from '../../shared/errors.ts';
import type { ActQuestion } from '../../shared/model/act-question.ts';
import type { Desk } from './desk.ts';

/**
 * Lets main ask before anything is changed. Whoever asks hands on to the act what the question was made from, and reads nothing again: the window could have
 * put something else in its place while the person looked.
 *
 * @param question null where the act only narrows what is trusted or reached: nobody is asked
 * @throws AppError NOT_CONFIRMED
 */
export async function requireConfirmed({ shell }: Pick<Desk, 'shell'>, question: ActQuestion | null): Promise<void> {
  if (question !== null && !(await shell.confirmAct(question))) throw new AppError('NOT_CONFIRMED');
}
