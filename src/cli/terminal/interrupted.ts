/**
 * Resolves when the process is asked to end, or the signal is aborted, and keeps the process alive until then: the network's own timers
 * do not.
 */
export async function interrupted(signal?: AbortSignal): Promise<void> {
  await new Promise<void>((done) => {
    const alive = setInterval(() => undefined, 60_000);
    const end = () => {
      clearInterval(alive);
      done();
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    signal?.addEventListener('abort', end);
  });
}
