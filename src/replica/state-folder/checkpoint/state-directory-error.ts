import { join } from 'node:path';

/**
 * Why a state folder cannot be used: `locked` by another process, `occupied` where it should be empty, `damaged`, `unsupported` because a newer version
 * wrote it, `diverged` because its journal leads elsewhere than it did, or `unwritable`.
 */
export type StateDirectoryErrorCode =
  | 'locked'
  | 'occupied'
  | 'damaged'
  | 'unsupported'
  | 'diverged'
  | 'unwritable';

/** A state folder cannot be used. The message is a sentence that names it and says what to do. */
export class StateDirectoryError extends Error {
  readonly code: StateDirectoryErrorCode;

  constructor(code: StateDirectoryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StateDirectoryError';
    this.code = code;
  }
}

/** That what a folder's journal has does not lead where it led. */
export function diverged(directory: string, cause: unknown): StateDirectoryError {
  return new StateDirectoryError(
    'diverged',
    `What the journal in ${directory} has cannot be done again: ${String(cause)}. Start the version of the program that wrote it and stop that with Ctrl-C, or remove ${join(directory, 'journal')} to go on with the last checkpoint, without what came after it.`,
    { cause },
  );
}

/** What the system says when a file cannot be read or written, as an error about the folder; anything else as it is. */
export function aboutDirectory(error: unknown, directory: string): unknown {
  if (!isSystemError(error)) return error;
  return new StateDirectoryError(
    'unwritable',
    `The state folder ${directory} cannot be used (${error.message}). Make room or change its permissions, or choose another folder.`,
    { cause: error },
  );
}

/** Whether it comes from the operating system. */
export function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}
