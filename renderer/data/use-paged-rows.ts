import { useCallback, useEffect, useRef, useState } from 'react';
import { type Failure, failureOf } from './use-ask.ts';

export interface RowPage<Row, Key> {
  readonly items: readonly Row[];
  readonly next: Key | null;
  readonly total: number;
}

/** @param end from the first row on, or from the last one backwards */
export type FetchPage<Row, Key> = (end: 'head' | 'tail', after: Key | null) => Promise<RowPage<Row, Key>>;

interface Loaded<Row, Key> {
  readonly total: number;
  readonly head: readonly Row[];
  readonly headNext: Key | null;
  /** The last row first. */
  readonly tail: readonly Row[];
  readonly tailNext: Key | null;
  /** Milliseconds that the first page took. */
  readonly took: number;
}

export interface PagedRows<Row> {
  readonly total: number | null;
  readonly took: number | null;
  readonly rowAt: (index: number) => Row | null;
  readonly need: (first: number, last: number) => void;
  readonly failure: Failure | null;
  readonly again: () => void;
}

/**
 * Rows of a list that main gives page by page, each by the key of the one before: they grow from both ends towards whatever is
 * in view, one question at a time. `fetch` is a new function whenever the list is another one; the old rows stay until the new ones are here.
 */
export function usePagedRows<Row, Key>(fetch: FetchPage<Row, Key>, twoEnded: boolean): PagedRows<Row> {
  const [loaded, setLoaded] = useState<Loaded<Row, Key> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [round, setRound] = useState(0);
  const run = useRef<{ pump: () => void; wanted: readonly [number, number] }>({ pump: () => {}, wanted: [0, 0] });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a further round asks the same again
  useEffect(() => {
    let current: Loaded<Row, Key> | null = null;
    let busy = false;
    let over = false;

    async function load(): Promise<void> {
      const end = current === null ? 'head' : nextEnd(current, run.current.wanted, twoEnded);
      if (end === null || busy || over) return;
      busy = true;
      const began = performance.now();
      try {
        const page = await fetch(end, current === null ? null : end === 'head' ? current.headNext : current.tailNext);
        if (over) return;
        current = extend(current, end, page, performance.now() - began);
        setLoaded(current);
        setFailure(null);
      } catch (error) {
        if (!over) setFailure(failureOf(error));
        over = true;
      }
      busy = false;
      void load();
    }

    run.current = { pump: () => void load(), wanted: [0, 0] };
    void load();
    return () => {
      over = true;
    };
  }, [fetch, twoEnded, round]);

  const need = useCallback((first: number, last: number) => {
    run.current.wanted = [first, last];
    run.current.pump();
  }, []);
  const rowAt = useCallback(
    (index: number): Row | null => {
      if (loaded === null) return null;
      return loaded.head[index] ?? loaded.tail[loaded.total - 1 - index] ?? null;
    },
    [loaded],
  );
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { total: loaded?.total ?? null, took: loaded?.took ?? null, rowAt, need, failure, again };
}

/** From which end the rows in view are reached soonest; null where they are all here. */
function nextEnd<Row, Key>(
  { total, head, headNext, tail }: Loaded<Row, Key>,
  [first, last]: readonly [number, number],
  twoEnded: boolean,
): 'head' | 'tail' | null {
  const tailFrom = total - tail.length;
  const from = Math.max(first, head.length);
  const to = Math.min(last, tailFrom - 1);
  if (from > to) return null;
  if (twoEnded && tailFrom - from < to - head.length) return 'tail';
  return headNext === null ? null : 'head';
}

function extend<Row, Key>(
  before: Loaded<Row, Key> | null,
  end: 'head' | 'tail',
  { items, next, total }: RowPage<Row, Key>,
  took: number,
): Loaded<Row, Key> {
  if (before === null) return { total, head: items, headNext: next, tail: [], tailNext: null, took };
  if (end === 'head') return { ...before, total, head: [...before.head, ...items], headNext: next };
  return { ...before, total, tail: [...before.tail, ...items], tailNext: next };
}
