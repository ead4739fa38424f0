/** Virtual environments for the tests in Python. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, tryRun } from './prepare.mjs';

const WINDOWS = process.platform === 'win32';
const LEAST = '3.11';

/** The Python of the environment in `folder`, made from its requirements.txt where that, or the project there, was changed since. */
export function pythonEnvironment(folder) {
  const environment = join(ROOT, folder, '.venv');
  const python = join(environment, WINDOWS ? 'Scripts/python.exe' : 'bin/python');
  const wanted = ['requirements.txt', 'pyproject.toml']
    .map((name) => join(ROOT, folder, name))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
  const installed = join(environment, 'requirements.txt');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return python;
  console.log(`Making a virtual environment for ${folder} …`);
  run(findPython(), ['-m', 'venv', '--clear', environment]);
  run(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    `${folder}/requirements.txt`,
  ]);
  writeFileSync(installed, wanted);
  return python;
}

function findPython() {
  const recent = `import sys; sys.exit(sys.version_info < (${LEAST.replace('.', ', ')}))`;
  const found = ['python3', 'python'].find((name) => tryRun(name, ['-c', recent], { stdio: 'ignore' }) === 0);
  if (found !== undefined) return found;
  console.error(`The tests in Python need Python ${LEAST} or later, as python3.`);
  process.exit(1);
}
