import type { Random } from './random.ts';

/** What a case came to; an AppError with a known code counts as `refused`, anything else that is thrown is a finding. */
export type Outcome = 'accepted' | 'refused';

export interface Target {
  /** Good inputs to start from. */
  readonly seeds: readonly Buffer[];
  /** A change that knows the format. */
  mutate(seed: Buffer, random: Random): Buffer;
  /** @throws Violation where an input was believed that must not be */
  run(input: Buffer): Promise<Outcome>;
  close?(): Promise<void>;
}

/** Something was accepted that no honest writer wrote. */
export class Violation extends Error {
  override readonly name = 'Violation';
}
