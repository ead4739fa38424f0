import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isRunning, ownIdentity } from './process-identity.ts';
import { aboutDirectory, StateDirectoryError } from './state-directory-error.ts';

/**
 * The name of a claim: a process id, what tells it from a later one with that id, the number of the folder, as a copy of
 * the folder has its claims too, and what tells the claims of one process apart.
 */
const CLAIM = /^lock\.(\d+)\.([^.]*)\.([^.]*)\.[^.]+$/;

/**
 * Makes a state folder this process's own, until `release`. Who wants it leaves a claim there, a file of its own, and then
 * looks for others: of two that come at once at least one sees the other, and no claim is ever taken for somebody else's.
 * Those of processes that are gone are removed.
 */
export class DirectoryLock {
  readonly #claim: string;

  /** Fails where a process that still runs has the folder. */
  constructor(directory: string) {
    let folder: string;
    let name: string;
    try {
      mkdirSync(directory, { recursive: true });
      folder = String(statSync(directory).ino);
      const { pid, mark } = ownIdentity();
      name = `lock.${pid}.${mark}.${folder}.${randomUUID()}`;
      this.#claim = resolve(directory, name);
      writeFileSync(this.#claim, '', { flag: 'wx' });
    } catch (error) {
      throw aboutDirectory(error, directory);
    }
    for (const other of readdirSync(directory)) {
      const [, pid, mark, claimed] = CLAIM.exec(other) ?? [];
      if (pid === undefined || mark === undefined || other === name) continue;
      const owner = { pid: Number(pid), mark };
      if (claimed === folder && isRunning(owner)) {
        this.release();
        throw new StateDirectoryError(
          'locked',
          `The state folder ${directory} is in use by process ${owner.pid}. Stop that network first, or choose another folder.`,
        );
      }
      rmSync(resolve(directory, other), { force: true });
    }
  }

  /** Gives the folder free. */
  release(): void {
    rmSync(this.#claim, { force: true });
  }
}
