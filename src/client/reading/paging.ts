/** One page of a list of the service, newest first. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | undefined;
}

/** The items of all pages. A page without items may have a successor: the canister looks at so many records a page. */
export async function* eachItem<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  first: string | undefined,
): AsyncGenerator<T> {
  let cursor = first;
  do {
    const page = await read(cursor);
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
