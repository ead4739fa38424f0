/**
 * Why a state folder cannot be used: `locked` by another process, `damaged`, `unsupported` because a newer version
 * wrote it, `diverged` because its journal leads elsewhere than it did, or `unwritable`.
 */
export type StateDirectoryErrorCode = 'locked' | 'damaged' | 'unsupported' | 'diverged' | 'unwritable';

/** A state folder cannot be used. The message is a sentence that names it and says what to do. */
export class StateDirectoryError extends Error {
  readonly code: StateDirectoryErrorCode;

  constructor(code: StateDirectoryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StateDirectoryError';
    this.code = code;
  }
}
