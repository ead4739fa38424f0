import { setTimeout as delay } from 'node:timers/promises';

/** The promise's value, or undefined when it has not settled in time (ms) or the signal, if there is one, aborts first. */
export async function within<T>(
  promise: Promise<T>,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const settled = new AbortController();
  const signals = signal === undefined ? [settled.signal] : [settled.signal, signal];
  const timeout = delay(milliseconds, undefined, { signal: AbortSignal.any(signals) }).catch(() => undefined);
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    settled.abort();
  }
}
