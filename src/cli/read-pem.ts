import { readFile } from 'node:fs/promises';
import type { SignIdentity } from '@dfinity/agent';
import { identityFromPem } from '../client/node.ts';
import { CommandError } from './command-error.ts';

/** A PEM file's text, and the identity that it is. Throws a `CommandError` where it is none. */
export async function readPem(
  path: string,
): Promise<{ readonly pem: string; readonly identity: SignIdentity }> {
  try {
    const pem = await readFile(path, 'utf8');
    return { pem, identity: await identityFromPem(pem, path) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`The identity cannot be read: ${reason}.`, { cause });
  }
}
