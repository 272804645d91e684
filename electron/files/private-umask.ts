/** From here on this process makes files that only their owner can read. Call once, before the first file. */
export function usePrivateUmask(): void {
  process.umask(0o077);
}
