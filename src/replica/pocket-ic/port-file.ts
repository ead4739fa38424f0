import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** How old an empty port file is, in ms, before whoever made it is taken to have failed. */
const STARTING_MS = 10_000;
const POLL_MS = 50;
const PROBE_MS = 2_000;

/**
 * The file in which a server says at which port it listens. Clients start a server for each test and look into the file of
 * the first; what another server left behind when it was killed does not count.
 */
export class PortFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whether the file is that of a server that runs at this address; waits for one that is just starting. */
  async isTaken(host: string): Promise<boolean> {
    while (existsSync(this.#path)) {
      const content = readFileSync(this.#path, 'utf8');
      if (content.endsWith('\n')) return answers(host, Number(content));
      if (Date.now() - statSync(this.#path).mtimeMs > STARTING_MS) return false;
      await delay(POLL_MS);
    }
    return false;
  }

  /** Makes the file, empty, so that others wait. */
  claim(): void {
    writeFileSync(this.#path, '');
  }

  /** Writes the port, in one step: readers never see half of it. */
  write(port: number): void {
    const partial = `${this.#path}.${process.pid}`;
    writeFileSync(partial, `${port}\n`);
    renameSync(partial, this.#path);
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}

async function answers(host: string, port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://${host}:${port}/status`, {
      signal: AbortSignal.timeout(PROBE_MS),
    });
    return response.ok;
  } catch {
    return false;
  }
}
