/** What main asked of the system, in order: a test reads it, nothing happens. */
export interface Recorded {
  readonly api: string;
  readonly args: readonly unknown[];
}

const all: Recorded[] = [];

export function record(api: string, ...args: readonly unknown[]): void {
  all.push({ api, args });
}

/** As plain data: functions and classes are left out. */
export function listRecorded(): Recorded[] {
  return JSON.parse(JSON.stringify(all)) as Recorded[];
}

/** For the many setters of the system: whatever is called on it is recorded and answered with nothing. */
export function recordingStub(name: string, own: object = {}): object {
  return new Proxy(own, {
    get(target, key) {
      if (key in target) return Reflect.get(target, key);
      if (typeof key === 'symbol' || key === 'then') return undefined;
      return (...args: unknown[]) => record(`${name}.${key}`, ...args);
    },
  });
}
