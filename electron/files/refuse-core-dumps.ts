import { writeFileSync } from 'node:fs';

/** proc(5), coredump_filter: one bit for each kind of memory that a dump holds. */
const FILTER = '/proc/self/coredump_filter';

/**
 * From here on a crash of this process, and of those that it starts, leaves no memory on disk: keys, passphrases and papers lie there in the clear. Linux writes
 * dumps into the folder that somebody worked in, or hands them to a collector, and asks the filter in either case; elsewhere they are off unless an administrator
 * turns them on.
 */
export function refuseCoreDumps(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync(FILTER, '0');
  } catch {
    // A kernel that makes no dumps has no such file
  }
}
