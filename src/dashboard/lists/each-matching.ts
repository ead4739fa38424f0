/** Those of the items that match; without `matches` all of them. */
export async function* eachMatching<T>(
  items: AsyncIterable<T>,
  matches: ((item: T) => boolean) | undefined,
): AsyncGenerator<T> {
  for await (const item of items) if (matches === undefined || matches(item)) yield item;
}
