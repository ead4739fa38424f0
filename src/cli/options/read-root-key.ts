import { InvalidArgumentError } from 'commander';
import { isRootKey } from '../../client/calls/check-options.ts';

/** An option's value that is a network's public key, DER in hexadecimal. */
export function readRootKey(text: string): Uint8Array {
  const key = /^([\da-f]{2})+$/i.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : undefined;
  if (isRootKey(key)) return key;
  throw new InvalidArgumentError(
    'It must be the 133 bytes of a BLS key in DER, in hexadecimal, such as root_key in network.json.',
  );
}
