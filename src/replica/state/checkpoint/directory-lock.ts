import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { StateDirectoryError } from './state-directory-error.ts';

/** The locks that this process holds. */
const held = new Set<string>();

/** Makes a state folder this process's own, by a file with its process id, until `release`. */
export class DirectoryLock {
  readonly #path: string;
  #released = false;

  /** Fails where a process that still runs has the folder; the lock of one that was killed is taken over. */
  constructor(directory: string) {
    this.#path = resolve(directory, 'lock');
    try {
      mkdirSync(directory, { recursive: true });
    } catch (cause) {
      throw new StateDirectoryError('unwritable', `The state folder ${directory} cannot be made.`, { cause });
    }
    const owner = this.#owner();
    if (owner !== undefined && this.#isHeldBy(owner)) {
      throw new StateDirectoryError(
        'locked',
        `The state folder ${directory} is in use by process ${owner}. Stop that network first, or choose another folder.`,
      );
    }
    if (owner !== undefined) rmSync(this.#path, { force: true });
    this.#take(directory);
  }

  /** Gives the folder free; only once, as by then it may be someone else's. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    held.delete(this.#path);
    rmSync(this.#path, { force: true });
  }

  #take(directory: string): void {
    try {
      writeFileSync(this.#path, `${process.pid}\n`, { flag: 'wx' });
    } catch (cause) {
      const code =
        cause instanceof Error && 'code' in cause && cause.code === 'EEXIST' ? 'locked' : 'unwritable';
      throw new StateDirectoryError(code, `The state folder ${directory} cannot be locked.`, { cause });
    }
    held.add(this.#path);
  }

  /** A lock with this process's id can be of one before it: in a container each start has the same. */
  #isHeldBy(owner: number): boolean {
    return owner === process.pid ? held.has(this.#path) : isRunning(owner);
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
