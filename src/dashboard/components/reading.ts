/** What is read from the service, and how that stands: a query of TanStack, or a list. */
export interface Reading<T> {
  /** Undefined until it is read. */
  readonly data: T | undefined;
  /** Why it could not be read, or not again; null or undefined where it could. */
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** Several readings as one: read when all are, failed when one has. */
export function allRead(readings: readonly Reading<unknown>[]): Reading<true> {
  return {
    data: readings.every(({ data }) => data !== undefined) ? true : undefined,
    error: readings.map(({ error }) => error).find((error) => error !== null && error !== undefined),
    refetch: () => {
      for (const { refetch } of readings) void refetch();
    },
  };
}
