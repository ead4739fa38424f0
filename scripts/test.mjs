/**
 * Runs every check and every test, also on a fresh clone, and ends with the line "N passed, N failed" for all of them
 * together. `--checks` or `--python` runs these alone; other arguments go to vitest, which is then the only suite, and prepares no more than its files need.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode } from '../bin/check-node.mjs';
import { buildCanister, install, ROOT, tryRun } from './prepare.mjs';
import { pythonEnvironment } from './python.mjs';

checkNode();
install();

const REPORTS = join(ROOT, 'test-results');
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS);

const words = process.argv.slice(2);
const python = ['tests/e2e/python', 'python'].map((folder) => () => pytest(folder));
const results = suites().map((suite) => suite());
const total = (name) => results.reduce((sum, result) => sum + result[name], 0);

console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 ? 0 : 1;

function suites() {
  switch (words[0]) {
    case undefined:
      return [checks, vitest, ...python];
    case '--checks':
      return [checks];
    case '--python':
      return python;
    default:
      return [vitest];
  }
}

/** Format, types, lint, folder rules and dead code count as one test each. */
function checks() {
  const names = ['check:format', 'check:types', 'check:lint', 'check:structure'];
  const codes = names.map((name) => tryRun('npm', ['run', '--silent', name]));
  for (const [i, code] of codes.entries()) console.log(`${code === 0 ? '✓' : '✗'} npm run ${names[i]}`);
  return {
    passed: codes.filter((code) => code === 0).length,
    failed: codes.filter((code) => code !== 0).length,
  };
}

function vitest() {
  const report = join(REPORTS, 'vitest.json');
  const code = tryRun(process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...words,
  ]);
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that does not load has no failed test, and fails the run all the same.
  return { passed, failed: numFailedTests === 0 && code !== 0 ? 1 : numFailedTests };
}

function pytest(folder) {
  buildCanister();
  const report = join(REPORTS, `${folder.replaceAll('/', '-')}.xml`);
  const interpreter = pythonEnvironment(folder);
  const code = tryRun(interpreter, [
    '-m',
    'pytest',
    '-p',
    'no:cacheprovider',
    `--junitxml=${report}`,
    folder,
  ]);
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const counts = Object.fromEntries(
    [...readFileSync(report, 'utf8').matchAll(/ (tests|errors|failures|skipped)="(\d+)"/g)].map(
      ([, name, count]) => [name, Number(count)],
    ),
  );
  const failed = counts.errors + counts.failures;
  return { passed: counts.tests - failed - counts.skipped, failed: failed === 0 && code !== 0 ? 1 : failed };
}
