import { isSystemError } from '../../replica/state-folder/checkpoint/state-directory-error.ts';
import { CommandError } from '../terminal/command-error.ts';

/** What the system says where a file of the folder cannot be read or written, as a sentence for people; anything else as it is. */
export function fileTrouble(error: unknown, directory: string): unknown {
  // Of a port or a host it tells no path.
  if (!isSystemError(error) || !('path' in error || isFull(error))) return error;
  return new CommandError(
    `The folder ${directory} cannot be used (${error.message}). Make room or change its permissions, or choose another with --directory.`,
    { cause: error },
  );
}

function isFull(error: object): boolean {
  return 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
