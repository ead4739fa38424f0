import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../../..');

/** Folders of what is built, installed or kept by a run. */
const NOT_SOURCES = new Set(['node_modules', 'dist', 'test-results', '__pycache__']);
const IS_HIDDEN = /^\.(?!github$)/;

/** The project's own files below `folder` whose names end as `ending` says, by their paths from the project's root. */
export function sourceFiles(ending: RegExp, folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (NOT_SOURCES.has(entry.name) || IS_HIDDEN.test(entry.name)) return [];
    if (entry.isDirectory()) return sourceFiles(ending, path);
    return entry.isFile() && ending.test(entry.name) ? [relative(ROOT, path).replaceAll('\\', '/')] : [];
  });
}

/** The text of a file, by its path from the project's root. */
export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
