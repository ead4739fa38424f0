import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../../codec/bytes.ts';
import { sha256 } from '../../codec/sha256.ts';
import { writeDurably } from './durable-file.ts';
import { aboutDirectory, StateDirectoryError } from './state-directory-error.ts';

/** Files named by the SHA-256 of their content, so that what did not change is not written again. */
export class BlobStore {
  readonly #directory: string;
  readonly #known: Set<string>;

  constructor(directory: string) {
    this.#directory = directory;
    try {
      mkdirSync(directory, { recursive: true });
      this.#known = new Set(readdirSync(directory));
    } catch (error) {
      throw aboutDirectory(error, directory);
    }
  }

  /** Keeps the content; returns its name. */
  put(content: Uint8Array): string {
    const name = toHex(sha256(content));
    if (!this.#known.has(name)) {
      writeDurably(join(this.#directory, name), content);
      this.#known.add(name);
    }
    return name;
  }

  /** The content of that name. Fails where it is missing or was altered. */
  get(name: string): Uint8Array {
    const path = join(this.#directory, name);
    if (!existsSync(path)) throw damaged(path, 'is missing');
    const content = new Uint8Array(readFileSync(path));
    if (toHex(sha256(content)) !== name) throw damaged(path, 'was altered');
    return content;
  }

  /** Removes all but the named ones. */
  retain(names: ReadonlySet<string>): void {
    for (const name of this.#known) {
      if (names.has(name)) continue;
      rmSync(join(this.#directory, name), { force: true });
      this.#known.delete(name);
    }
  }
}

function damaged(path: string, problem: string): StateDirectoryError {
  return new StateDirectoryError(
    'damaged',
    `The saved state is damaged: ${path} ${problem}. Restore the folder from a copy, or remove it to start anew.`,
  );
}
