import type { FileHandle } from 'node:fs/promises';

/** Writes all of `buffers`, appending or from `position`; one call may write less, e.g. just before the disk is full. */
export async function writeFully(file: FileHandle, buffers: readonly Buffer[], position?: number): Promise<void> {
  let rest = buffers.filter((buffer) => buffer.length > 0);
  let at = position;
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest, at);
    if (at !== undefined) at += bytesWritten;
    rest = after(rest, bytesWritten);
  }
}

function after(buffers: readonly Buffer[], written: number): Buffer[] {
  let left = written;
  return buffers.flatMap((buffer) => {
    const skipped = Math.min(left, buffer.length);
    left -= skipped;
    return skipped === buffer.length ? [] : [buffer.subarray(skipped)];
  });
}
