/** One page of a list by keyset: `next` is the key after which the following page starts, null at the end. */
export interface Page<Item, Key> {
  readonly items: readonly Item[];
  readonly next: Key | null;
}

/** Cuts a page out of `rows`, which were asked for with a limit of `limit + 1`. */
export function toPage<Item, Key>(rows: readonly Item[], limit: number, keyOf: (item: Item) => Key): Page<Item, Key> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}
