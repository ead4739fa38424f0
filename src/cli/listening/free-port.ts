import { CommandError } from '../terminal/command-error.ts';

const TRIES = 20;
const MAX_PORT = 65_535;
const NO_ADDRESS = 'it is no address of this machine';
const REASONS: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: NO_ADDRESS,
  EINVAL: NO_ADDRESS,
  ENOTFOUND: 'there is no such name',
  EAI_AGAIN: 'there is no such name',
  EAFNOSUPPORT: 'this machine has no such addresses',
  EACCES: 'the port is not for everybody',
  EPERM: 'the port is not for everybody',
};

/** Which port to listen on. */
interface PortChoice {
  readonly port: number;
  /** Another port is no good. */
  readonly exact: boolean;
  readonly host: string;
  /** The option that chooses the port; `--port` unless told. */
  readonly option?: string;
}

/**
 * Listens on the port, or where any will do on the next one that is free. Fails with a sentence that names the port, or the address that is none of this machine's.
 */
export async function listenOnFreePort(
  listen: (port: number) => Promise<string>,
  { port, host, exact, option = '--port' }: PortChoice,
): Promise<string> {
  for (let tried = port; ; tried++) {
    try {
      return await listen(tried);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason !== undefined) {
        const hostOption = option.replace('port', 'host');
        throw new CommandError(
          `It is not possible to listen on ${host}, port ${tried}: ${reason}. Choose another with ${hostOption} or ${option}.`,
          { cause: error },
        );
      }
      if (!isInUse(error)) throw error;
      if (exact) {
        throw new CommandError(`Port ${port} is in use. Choose another with ${option}, or 0 for any.`);
      }
      if (tried === port + TRIES || tried === MAX_PORT) {
        throw new CommandError(`Ports ${port} to ${tried} are in use. Choose one with ${option}.`);
      }
    }
  }
}

/** Why an address is no good, whatever the port; undefined where it may be. */
function reasonOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? REASONS[String(error.code)] : undefined;
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
