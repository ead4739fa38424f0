/** Resolves when the process is asked to end, and keeps it alive until then: the network's own timers do not. */
export async function interrupted(): Promise<void> {
  await new Promise<void>((done) => {
    const alive = setInterval(() => undefined, 60_000);
    const end = () => {
      clearInterval(alive);
      done();
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
  });
}
