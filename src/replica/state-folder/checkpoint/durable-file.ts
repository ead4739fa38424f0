import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file so that it has, whatever happens meanwhile, either all of the new content or what it had before: a
 * new file, flushed to the disk, takes the name.
 */
export function writeDurably(path: string, content: Uint8Array, mode = 0o600): void {
  const draft = `${path}.draft`;
  const file = openSync(draft, 'w', mode);
  try {
    for (let done = 0; done < content.length; ) done += writeSync(file, content, done);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  flushDirectory(dirname(path));
}

/** A name is on the disk only once its folder is. */
export function flushDirectory(path: string): void {
  // Windows has no handle of a folder to flush.
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
