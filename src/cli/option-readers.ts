import { Principal } from '@dfinity/principal';
import { InvalidArgumentError } from 'commander';

/** The values of options, which commander reports to who typed them where they are none. */

export function readPrincipal(text: string): Principal {
  try {
    return Principal.fromText(text);
  } catch {
    throw new InvalidArgumentError('That is not a principal.');
  }
}

/** Bytes. */
export function readHex(text: string): Uint8Array {
  if (!/^([\da-f]{2})+$/i.test(text)) throw new InvalidArgumentError('That is not hexadecimal.');
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** A TCP port, or 0 for any. */
export function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
