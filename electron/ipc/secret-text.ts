/** Runs `task` with a secret as text, the form in which the rooms below take it, and overwrites the bytes at once. */
export function withSecretText<T>(bytes: Uint8Array, task: (text: string) => T): T {
  try {
    return task(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } finally {
    bytes.fill(0);
  }
}

/** The secret as a buffer of main's own, which whoever gets it overwrites; the bytes that came are overwritten here. */
export function takeSecret(bytes: Uint8Array): Buffer {
  const taken = Buffer.from(bytes);
  bytes.fill(0);
  return taken;
}
