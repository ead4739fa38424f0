import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The project's own folder. */
export const ROOT = join(import.meta.dirname, '../..');

/** Paths within the project, with slashes. */
export interface ProjectTree {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** What there is in the folders that rules are about. */
export function readProjectTree(): ProjectTree {
  const folders = ['src', 'tests', 'bench', 'scripts'];
  const files: string[] = [];
  for (const top of [...folders]) {
    for (const entry of readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
        .slice(ROOT.length + 1)
        .replaceAll('\\', '/');
      if (path.includes('node_modules')) continue;
      (entry.isDirectory() ? folders : files).push(path);
    }
  }
  return { folders, files };
}
