/** A batch is written as one record, which has to stay small enough to be held in memory some times over. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024;
/** What an item takes beside its content, at most. */
const ITEM_BYTES = 1024;

/** The items that come first, as many as fit into a batch, and one at least; `sizeOf` tells the bytes of an item's content. */
export function firstThatFit<T>(items: Iterable<T>, sizeOf: (item: T) => number): readonly T[] {
  const first: T[] = [];
  let bytes = 0;
  for (const item of items) {
    bytes += sizeOf(item) + ITEM_BYTES;
    if (first.length > 0 && bytes > MAX_BATCH_BYTES) break;
    first.push(item);
  }
  return first;
}
