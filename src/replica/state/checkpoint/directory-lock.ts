import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateDirectoryError } from './state-directory-error.ts';

/** Makes a state folder this process's own, by a file with its process id, until `release`. */
export class DirectoryLock {
  readonly #path: string;

  /** Fails where a process that still runs has the folder; the lock of one that was killed is taken over. */
  constructor(directory: string) {
    this.#path = join(directory, 'lock');
    try {
      mkdirSync(directory, { recursive: true });
    } catch (cause) {
      throw new StateDirectoryError('unwritable', `The state folder ${directory} cannot be made.`, { cause });
    }
    const owner = this.#owner();
    if (owner !== undefined && isRunning(owner)) {
      throw new StateDirectoryError(
        'locked',
        `The state folder ${directory} is in use by process ${owner}. Stop that network first, or choose another folder.`,
      );
    }
    if (owner !== undefined) this.release();
    this.#take(directory);
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }

  #take(directory: string): void {
    try {
      writeFileSync(this.#path, `${process.pid}\n`, { flag: 'wx' });
    } catch (cause) {
      throw new StateDirectoryError('locked', `The state folder ${directory} cannot be locked.`, { cause });
    }
  }

  #owner(): number | undefined {
    try {
      return Number.parseInt(readFileSync(this.#path, 'utf8'), 10);
    } catch {
      return undefined;
    }
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of someone else exists, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
