import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';
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
    for (const { name: other, owner, claimed } of claimsIn(directory)) {
      if (other === name) continue;
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

/** The id of the process that has a state folder, without taking it; undefined where none has it, or there is no such folder. */
export function ownerOf(directory: string): number | undefined {
  try {
    const folder = String(statSync(directory).ino);
    return claimsIn(directory).find(({ owner, claimed }) => claimed === folder && isRunning(owner))?.owner
      .pid;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw aboutDirectory(error, directory);
  }
}

interface Claim {
  /** Of its file. */
  readonly name: string;
  readonly owner: ProcessIdentity;
  /** The number of the folder that it is about. */
  readonly claimed: string;
}

function claimsIn(directory: string): readonly Claim[] {
  return readdirSync(directory).flatMap((name) => {
    const [, pid, mark, claimed] = CLAIM.exec(name) ?? [];
    if (pid === undefined || mark === undefined || claimed === undefined) return [];
    return [{ name, owner: { pid: Number(pid), mark }, claimed }];
  });
}
