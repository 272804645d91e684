import { initialSchema } from './0001-initial-schema.ts';
import { addProofs } from './0002-add-proofs.ts';
import type { Migration } from './migration.ts';

/** In order of version, without gaps. */
export const MIGRATIONS: readonly Migration[] = [initialSchema, addProofs];
