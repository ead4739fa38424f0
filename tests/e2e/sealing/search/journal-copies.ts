import { linkSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the journal is there for a second at least: a checkpoint waits so long for the next one. */
const LOOK_MS = 100;

/** Keeps the files of the journal of a network that runs, which go with each checkpoint, in a folder, until it is stopped. */
export function keepJournal(state: string, folder: string): { readonly stop: () => void } {
  mkdirSync(folder, { recursive: true });
  const kept = new Set<string>();
  const journal = join(state, 'journal');
  const look = () => {
    for (const name of readdirSync(journal)) {
      if (kept.has(name) || !/^\d+$/.test(name)) continue;
      try {
        // The same file: it has what is written to it later, too.
        linkSync(join(journal, name), join(folder, name));
        kept.add(name);
      } catch (error) {
        // It went just now.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      }
    }
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      look();
    },
  };
}
