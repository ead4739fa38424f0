import { RefusalError } from '../../client/index.ts';

/** What could not be read is asked for again by itself, this often, ms. */
export const AGAIN_MS = 5000;

/** Whether an error may be gone when it is tried again: what the service refuses, it refuses again. */
export function isTemporary(error: unknown): boolean {
  return error !== null && error !== undefined && !(error instanceof RefusalError);
}

/**
 * Does something until it succeeds: again after a while, and at once when the device is online again. `onError` is told of each failure. Returns what
 * ends it; neither is called after that.
 */
export function untilDone<T>(
  work: () => Promise<T>,
  {
    device,
    onDone,
    onError,
  }: {
    /** Tells when it is online again: the window. */
    readonly device: EventTarget;
    readonly onDone: (result: T) => void;
    readonly onError: (error: unknown) => void;
  },
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  const attempt = () => {
    if (isRunning) return;
    isRunning = true;
    clearTimeout(timer);
    work()
      .then(
        (result) => {
          if (signal.aborted) return;
          end();
          onDone(result);
        },
        (error: unknown) => {
          if (signal.aborted) return;
          timer = setTimeout(attempt, AGAIN_MS);
          onError(error);
        },
      )
      .finally(() => {
        isRunning = false;
      });
  };
  const end = () => {
    clearTimeout(timer);
    stop.abort();
  };
  device.addEventListener('online', attempt, { signal });
  attempt();
  return end;
}
