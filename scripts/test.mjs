/**
 * Runs every check and every test, also on a fresh clone, and ends with the line "N passed, N failed" for all of them
 * together. `--checks` or `--python` runs these alone; other arguments go to vitest, which is then the only suite, and prepares no more than its files need.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode } from '../bin/check-node.mjs';
import { buildCanister, buildDashboard, install, NPM_IS_A_SCRIPT, ROOT } from './prepare.mjs';
import { pythonEnvironment } from './python.mjs';

checkNode();
install();

const REPORTS = join(ROOT, 'test-results');
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS);

const words = process.argv.slice(2);
const results = (await Promise.all(lanes().map(inOrder))).flat();
const total = (name) => results.reduce((sum, result) => sum + result[name], 0);

console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 ? 0 : 1;

/** Suites that run beside each other, in each lane one after the other. Those in Python wait more than they compute. */
function lanes() {
  switch (words[0]) {
    case undefined:
      // Two suites that find them stale at once would build them twice, over each other.
      buildCanister();
      buildDashboard();
      return [[vitest], [checks, pytest('tests/e2e/python'), pytest('python')]];
    case '--checks':
      return [[checks]];
    case '--python':
      buildCanister();
      return [[pytest('tests/e2e/python')], [pytest('python')]];
    default:
      return [[vitest]];
  }
}

async function inOrder(suites) {
  const counts = [];
  for (const suite of suites) counts.push(await suite());
  return counts;
}

/** Format, types, lint, folder rules and dead code count as one test each. */
async function checks() {
  const counts = { passed: 0, failed: 0 };
  for (const name of ['check:format', 'check:types', 'check:lint', 'check:structure']) {
    const { code, output } = await finished('npm', ['run', '--silent', name]);
    console.log(`${output}${code === 0 ? '✓' : '✗'} npm run ${name}`);
    counts[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return counts;
}

async function vitest() {
  const report = join(REPORTS, 'vitest.json');
  const { code } = await finished(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...words,
    ],
    { stdio: 'inherit' },
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that does not load has no failed test, and fails the run all the same.
  return { passed, failed: numFailedTests === 0 && code !== 0 ? 1 : numFailedTests };
}

function pytest(folder) {
  return async () => {
    const report = join(REPORTS, `${folder.replaceAll('/', '-')}.xml`);
    const interpreter = pythonEnvironment(folder);
    const words = ['-m', 'pytest', '-p', 'no:cacheprovider', `--junitxml=${report}`, folder];
    const { code, output } = await finished(interpreter, words);
    console.log(output);
    if (!existsSync(report)) return { passed: 0, failed: 1 };
    const counts = Object.fromEntries(
      [...readFileSync(report, 'utf8').matchAll(/ (tests|errors|failures|skipped)="(\d+)"/g)].map(
        ([, name, count]) => [name, Number(count)],
      ),
    );
    const failed = counts.errors + counts.failures;
    return {
      passed: counts.tests - failed - counts.skipped,
      failed: failed === 0 && code !== 0 ? 1 : failed,
    };
  };
}

/** Runs a command in the project's folder. Resolves with its exit code, and with what it printed, in one piece, so that suites do not write into each other's lines. */
function finished(command, args, { stdio = ['inherit', 'pipe', 'pipe'] } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio, shell: NPM_IS_A_SCRIPT && command === 'npm' });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.on('error', ({ message }) => resolve({ code: 1, output: `${output}${message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
