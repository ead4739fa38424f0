import { InvalidArgumentError } from 'commander';

/** An option's value in hexadecimal. */
export function readHex(text: string): Uint8Array {
  if (!/^([\da-f]{2})+$/i.test(text)) throw new InvalidArgumentError('That is not hexadecimal.');
  return new Uint8Array(Buffer.from(text, 'hex'));
}
