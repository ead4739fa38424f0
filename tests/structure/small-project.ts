import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { onTestFinished } from 'vitest';
import { DEV_PACKAGE } from './planted-violations.ts';
import { ROOT } from './project-tree.ts';

/** What of package.json the small project has as well. */
interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The project's package.json. */
export const MANIFEST: Manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** What `npm run check:structure` says of a project with this one's rules and none but these files; of each path, what is written to it, one after the other. */
export async function checkStructure(
  files: Iterable<readonly [path: string, content: string]>,
): Promise<{ readonly passes: boolean; readonly output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'folder-rules-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { flag: 'a' });
  };
  const { dependencies } = MANIFEST;
  const { 'check:structure': command = '' } = MANIFEST.scripts;
  // The cache needs a repository with a commit.
  const scripts = { 'check:structure': command.replaceAll(/ --cache( [^ -]\S*)?/g, '') };
  const devDependencies = { ...MANIFEST.devDependencies, [DEV_PACKAGE]: '1' };
  write('package.json', JSON.stringify({ type: 'module', scripts, dependencies, devDependencies }));
  for (const name of readdirSync(ROOT)) {
    if (/^(tsconfig.*\.json|\.dependency-cruiser.*)$/.test(name))
      cpSync(join(ROOT, name), join(folder, name));
  }
  // The command looks for unused code as well, and a small project has much of it.
  write('node_modules/.bin/knip', '#!/bin/sh\n');
  chmodSync(join(folder, 'node_modules/.bin/knip'), 0o755);
  symlinkSync(join(ROOT, 'node_modules/.bin/depcruise'), join(folder, 'node_modules/.bin/depcruise'));
  for (const [path, content] of files) write(path, content);
  try {
    const { stdout } = await promisify(execFile)('npm', ['run', 'check:structure'], { cwd: folder });
    return { passes: true, output: stripVTControlCharacters(stdout) };
  } catch (error) {
    if (!(error instanceof Error && 'stdout' in error)) throw error;
    return { passes: false, output: stripVTControlCharacters(String(error.stdout)) };
  }
}
