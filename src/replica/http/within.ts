import { setTimeout as delay } from 'node:timers/promises';

/** The promise's value, or undefined when it has not settled in time (ms) or the signal aborts first. */
export async function within<T>(
  promise: Promise<T>,
  milliseconds: number,
  signal: AbortSignal,
): Promise<T | undefined> {
  const settled = new AbortController();
  const timeout = delay(milliseconds, undefined, { signal: AbortSignal.any([settled.signal, signal]) }).catch(
    () => undefined,
  );
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    settled.abort();
  }
}
