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

const shanghai = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();

/**
 * The newest first, by day. Messages that count stand in the lead's order at every office, whenever each of them came here: one that was counted later stands
 * no earlier than those before it. What a message did to a clock stands right above the message; the rest of a day's clock events at its end.
 */
export function toDays(timeline: readonly TimelineEntry[]): TimelineDay[] {
  const messages = timeline.filter((entry) => entry.kind === 'message');
  const places = placesOf(messages);
  const moments = new Map(messages.map((entry) => [entry.m as string, shanghai(momentOf(entry))]));
  const placed = timeline.map((entry, index): Placed => {
    if (entry.kind === 'message') {
      const at = moments.get(entry.m) ?? '';
      return { entry, index, key: entry.m, at: at.slice(0, 16), place: places.get(entry.m) ?? at, above: 0 };
    }
    const moment = entry.m === null ? undefined : moments.get(entry.m);
    const caused = moment?.startsWith(entry.on.slice(0, 10)) === true;
    return {
      entry,
      index,
      key: `${entry.clock}-${entry.event}-${entry.on}-${index}`,
      at: caused ? moment.slice(0, 16) : entry.on,
      // Of the day alone: above all of that day
      place: caused ? (places.get(entry.m ?? '') ?? moment) : entry.on.padEnd(24, '~'),
      above: 1,
    };
  });
  placed.sort(newestFirst);
  const days: { day: string; entries: TimelineDay['entries'][number][] }[] = [];
  for (const { entry, key, at, place } of placed) {
    const day = place.slice(0, 10);
    const last = days.at(-1);
    const group = last?.day === day ? last : { day, entries: [] };
    if (group !== last) days.push(group);
    group.entries.push({ entry, key, at: at.length > 10 ? at.slice(11, 16) : null });
  }
  return days;
}

interface Placed {
  readonly entry: TimelineEntry;
  readonly index: number;
  readonly key: string;
  /** What is shown: to the minute, or the day. */
  readonly at: string;
  /** What it is sorted by, to the millisecond. */
  readonly place: string;
  readonly above: number;
}

function newestFirst(a: Placed, b: Placed): number {
  if (a.place !== b.place) return a.place < b.place ? 1 : -1;
  return b.above - a.above || b.index - a.index;
}

/** Where each message stands, by its name: in the lead's order no earlier than what was counted before it. */
function placesOf(messages: readonly TimelineMessage[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  let latest = '';
  for (const message of [...messages].sort((a, b) => (a.pos ?? Infinity) - (b.pos ?? Infinity))) {
    const at = shanghai(momentOf(message));
    const place =
      message.pos === null || at > latest ? at : `${latest.slice(0, 24)}+${String(message.pos).padStart(6, '0')}`;
    if (message.pos !== null) latest = place;
    places.set(message.m, place);
  }
  return places;
}
