/** Where commands tell a person how far they are. */
export interface Progress {
  /** Does a step of a command, and shows it while it runs and when it is done. */
  step<T>(title: string, work: () => Promise<T>, outcome?: (result: T) => string): Promise<T>;
  /** Prints a line. */
  line(text?: string): void;
}

/** Steps as lines on the standard output; on a terminal the line of a step shows first that it has begun. */
export function terminalProgress(stream: NodeJS.WriteStream = process.stdout): Progress {
  return {
    async step(title, work, outcome) {
      if (stream.isTTY) stream.write(`… ${title}`);
      const begun = performance.now();
      try {
        const result = await work();
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        const done = outcome === undefined ? title : `${title}: ${outcome(result)}`;
        stream.write(`${stream.isTTY ? '\r\u001b[K' : ''}✓ ${done} (${seconds} s)\n`);
        return result;
      } catch (error) {
        stream.write(`${stream.isTTY ? '\r\u001b[K' : ''}✗ ${title}\n`);
        throw error;
      }
    },
    line: (text = '') => void stream.write(`${text}\n`),
  };
}
