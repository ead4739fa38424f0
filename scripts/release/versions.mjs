/** Every place that has the version, which is package.json's. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../prepare.mjs';

const PYTHON = join(ROOT, 'python/src/agent_service/version.py');
const PYTHON_VERSION = /^__version__ = "([^"]*)"$/m;

export const packageVersion = () => versionIn('package.json');

export const lockVersion = () => versionIn('package-lock.json');

export function pythonVersion() {
  return readFileSync(PYTHON, 'utf8').match(PYTHON_VERSION)?.[1];
}

function versionIn(file) {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).version;
}

/** Gives the Python package the version of package.json. PEP 440 writes a pre-release otherwise: 1.2.0-rc.1 is 1.2.0rc1. */
export function writePythonVersion(version) {
  const text = readFileSync(PYTHON, 'utf8');
  writeFileSync(PYTHON, text.replace(PYTHON_VERSION, `__version__ = "${forPython(version)}"`));
}

export function forPython(version) {
  return version.replace(
    /-(alpha|beta|rc)\.(\d+)$/,
    (_, kind, number) => `${{ alpha: 'a', beta: 'b', rc: 'rc' }[kind]}${number}`,
  );
}
