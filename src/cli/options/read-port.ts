import { InvalidArgumentError } from 'commander';

/** An option's value that is a TCP port, or 0 for any. */
export function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
