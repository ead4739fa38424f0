import { CommandError } from '../command-error.ts';

const TRIES = 20;

/** Which port to listen on. */
interface PortChoice {
  readonly port: number;
  /** Another port is no good. */
  readonly exact: boolean;
  /** The option that chooses the port; `--port` unless told. */
  readonly option?: string;
}

/**
 * Listens on the port, or where any will do on the next one that is free. Fails with a sentence that names the port.
 */
export async function listenOnFreePort(
  listen: (port: number) => Promise<string>,
  { port, exact, option = '--port' }: PortChoice,
): Promise<string> {
  for (let tried = port; ; tried++) {
    try {
      return await listen(tried);
    } catch (error) {
      if (!isInUse(error)) throw error;
      if (exact) {
        throw new CommandError(`Port ${port} is in use. Choose another with ${option}, or 0 for any.`);
      }
      if (tried === port + TRIES) {
        throw new CommandError(`Ports ${port} to ${tried} are in use. Choose one with ${option}.`);
      }
    }
  }
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
