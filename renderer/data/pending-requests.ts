/** Requests of one kind that main has not answered yet. */
export interface PendingRequests {
  /** False where the same one is on its way: a second click or a held key asks for nothing more. */
  begin(request: unknown): boolean;
  end(request: unknown): void;
}

export function createPendingRequests(): PendingRequests {
  const keys = new Set<string>();
  return {
    begin: (request) => {
      const key = keyOf(request);
      if (keys.has(key)) return false;
      keys.add(key);
      return true;
    },
    end: (request) => void keys.delete(keyOf(request)),
  };
}

/** Secrets stay out of it: they are overwritten on the way, and another word does not make another act. */
function keyOf(request: unknown): string {
  return JSON.stringify(request, (_, value: unknown) => (value instanceof Uint8Array ? null : value));
}
