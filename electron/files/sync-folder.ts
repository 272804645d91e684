import { open } from 'node:fs/promises';

/** Makes names in a folder durable: on POSIX a rename or a removal survives a power cut only after an fsync of its folder. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; NTFS journals its names.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
