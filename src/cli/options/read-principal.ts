import { Principal } from '@dfinity/principal';
import { InvalidArgumentError } from 'commander';

/** An option's value that is a principal. */
export function readPrincipal(text: string): Principal {
  try {
    return Principal.fromText(text);
  } catch {
    throw new InvalidArgumentError('A principal is such as rrkah-fqaaa-aaaaa-aaaaq-cai.');
  }
}
