import { readFile } from 'node:fs/promises';
import type { SignIdentity } from '@dfinity/agent';
import { identityFromPem } from '../../client/node.ts';
import { CommandError } from '../terminal/command-error.ts';
import { withoutSecrets } from '../terminal/without-secrets.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** A PEM file's text, and the identity that it is; `option` named the file. Throws a `CommandError` where it is none. */
export async function readPem(
  path: string,
  option = '--identity',
): Promise<{ readonly pem: string; readonly identity: SignIdentity }> {
  const name = withoutSecrets(path);
  try {
    const pem = await readFile(path, 'utf8');
    return { pem, identity: await identityFromPem(pem, name) };
  } catch (cause) {
    const unreadable = whyUnreadable(cause);
    const reason =
      unreadable === undefined
        ? cause instanceof Error
          ? cause.message
          : String(cause)
        : `${name} cannot be read: ${unreadable}`;
    throw new CommandError(`${option}: ${reason}. Give the PEM file of a private key.`, { cause });
  }
}
