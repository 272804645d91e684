import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { PARTIAL_SUFFIX } from './atomic-write.ts';

/** A hidden name in the folder of a file that gets its own once it is whole. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}${PARTIAL_SUFFIX}`);
}

/** The same for all to see: where no vault will clear away what a killed process leaves, somebody must find it. */
export function visibleTemporaryBeside(path: string): string {
  return `${path}.${randomBytes(6).toString('hex')}${PARTIAL_SUFFIX}`;
}

const TEMPORARY = /[\\/]\.[^\\/]+\.[0-9a-f]{12}\.part$/;

/** Whether {@link temporaryBeside} made this path. */
export function isTemporary(path: string): boolean {
  return TEMPORARY.test(path);
}
