import type { TimelineEntry, TimelineMessage } from '../../../shared/ipc/channels/matter.ts';

export interface TimelineDay {
  /** `YYYY-MM-DD` in Shanghai. */
  readonly day: string;
  readonly entries: readonly { readonly entry: TimelineEntry; readonly key: string; readonly at: string | null }[];
}

/** When an entry of the timeline happened for this office: ours when they were signed, theirs when they came. */
export function momentOf({ own, createdAt, storedAt }: TimelineMessage): string {
  return own ? createdAt : storedAt;
}

const shanghai = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16);

/** The newest first, by day. What a message did to a clock stands right above the message; the rest of a day's clock events at its end. */
export function toDays(timeline: readonly TimelineEntry[]): TimelineDay[] {
  const messages = new Map(
    timeline.flatMap((entry) => (entry.kind === 'message' ? [[entry.m as string, entry] as const] : [])),
  );
  const placed = timeline.map((entry, index) => {
    if (entry.kind === 'message') return { entry, key: entry.m as string, at: shanghai(momentOf(entry)), order: 0 };
    const cause = entry.m === null ? undefined : messages.get(entry.m);
    const at =
      cause !== undefined && shanghai(momentOf(cause)).startsWith(entry.on.slice(0, 10))
        ? shanghai(momentOf(cause))
        : entry.on;
    return { entry, key: `${entry.clock}-${entry.event}-${entry.on}-${index}`, at, order: 1 };
  });
  placed.sort((a, b) => (sortKey(a) < sortKey(b) ? 1 : -1));
  const days: { day: string; entries: TimelineDay['entries'][number][] }[] = [];
  for (const { entry, key, at } of placed) {
    const day = at.slice(0, 10);
    const last = days.at(-1);
    const group = last?.day === day ? last : { day, entries: [] };
    if (group !== last) days.push(group);
    group.entries.push({ entry, key, at: at.length > 10 ? at.slice(11, 16) : null });
  }
  return days;
}

function sortKey({ at, order }: { readonly at: string; readonly order: number }): string {
  return `${at.padEnd(16, '~')}${order}`;
}
