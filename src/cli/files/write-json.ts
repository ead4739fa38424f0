import { renameSync, writeFileSync } from 'node:fs';

/** Writes a JSON text with a line end, so that a reader sees all of it or what was there before. */
export function writeJson(path: string, text: string): void {
  writeFileSync(`${path}.draft`, `${text}\n`);
  renameSync(`${path}.draft`, path);
}
