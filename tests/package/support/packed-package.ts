import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';

export const ROOT = join(import.meta.dirname, '../../..');

const WINDOWS = process.platform === 'win32';

/** Packs the package as `npm pack` does, which builds it; resolves with the path of the tarball. */
export async function packInto(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await npm(ROOT, 'pack', '--pack-destination', folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack left no tarball in ${folder}`);
  return join(folder, tarball);
}

/** Makes a project in the folder that has the tarball alone, with what that depends on; returns where the package is then. */
export async function installInto(folder: string, tarball: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name": "consumer", "private": true, "type": "module"}\n');
  await npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball);
  return join(folder, 'node_modules/agent-service');
}

/** The paths of all files below a folder, from there, with slashes. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
}

/** Runs npm; resolves with what it printed. */
export async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  // What npm told the test of itself would send it to this project.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  // npm is a script there.
  const { stdout } = await promisify(execFile)('npm', args, { cwd, env, shell: WINDOWS });
  return stdout;
}
