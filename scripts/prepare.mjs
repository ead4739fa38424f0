/** What has to be there before anything else runs: installed packages and a built canister. Runs on Node alone. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** npm is a script there, which a shell has to run. */
export const NPM_IS_A_SCRIPT = process.platform === 'win32';
/** The standard output is that of the command which is to run. */
const TO_STDERR = ['inherit', 2, 2];

/** Installs what package-lock.json says, unless that is there already. */
export function install() {
  const installed = join(ROOT, 'node_modules/.agent-service-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package.json')))
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  console.error('Installing packages …');
  // Not `npm ci`: it refuses a lock file that lacks the builds of optional packages for other platforms.
  const kinds = ['--include=dev', '--include=optional'];
  run('npm', ['install', '--no-save', '--ignore-scripts', ...kinds, '--loglevel=error'], {
    stdio: TO_STDERR,
  });
  writeFileSync(installed, wanted);
}

/** Builds the canister, unless nothing changed since it was built. */
export function buildCanister() {
  const sources = [
    'src/canister',
    'src/candid',
    'scripts/build-canister.ts',
    'scripts/compile-canister.mjs',
    'dfx.json',
    'package-lock.json',
  ];
  const built = join(ROOT, '.azle/agent_service/agent_service.wasm.gz');
  if (
    existsSync(built) &&
    statSync(built).mtimeMs > Math.max(...sources.map((path) => newest(join(ROOT, path))))
  ) {
    return;
  }
  console.error('Building the canister …');
  run(process.execPath, ['--import', 'tsx', 'scripts/build-canister.ts'], { stdio: TO_STDERR });
}

/** Builds the dapp, unless what it is made of is the same as when it was built. */
export function buildDashboard() {
  const sources = [
    'scripts/dashboard.vite.config.ts',
    'scripts/prepare.mjs',
    'src/dashboard',
    'src/client',
    'src/candid',
    'package-lock.json',
  ];
  const built = join(ROOT, 'dist/dashboard/.sources');
  const hash = createHash('sha256');
  for (const source of sources) hashFiles(hash, source);
  const wanted = hash.digest('hex');
  if (existsSync(built) && readFileSync(built, 'utf8') === wanted) return;
  console.error('Building the dashboard …');
  const words = ['build', '--config', 'scripts/dashboard.vite.config.ts', '--logLevel', 'error'];
  // Tests have another NODE_ENV, with which React is built for development.
  const env = { ...process.env, NODE_ENV: 'production' };
  run(process.execPath, ['node_modules/vite/bin/vite.js', ...words], { env, stdio: TO_STDERR });
  compressFiles(join(ROOT, 'dist/dashboard'));
  writeFileSync(built, wanted);
}

/** Compiles what a tsconfig names. Types are checked by `npm run check`. */
export function compile(project) {
  console.error('Compiling …');
  const words = ['node_modules/typescript/bin/tsc', '--project', project, '--noCheck'];
  run(process.execPath, words, { stdio: TO_STDERR });
}

/** Puts a compressed copy beside each file of text below a folder, for the local server. An assets canister makes its own. */
function compressFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const content = readFileSync(path);
    writeFileSync(`${path}.br`, brotliCompressSync(content));
    writeFileSync(`${path}.gz`, gzipSync(content));
  }
}

/** Hashes a file, or the files of a folder in the order of their names, by path and content. */
function hashFiles(hash, path) {
  const absolute = join(ROOT, path);
  if (statSync(absolute).isDirectory()) {
    for (const name of readdirSync(absolute).sort()) hashFiles(hash, `${path}/${name}`);
  } else {
    hash.update(`${path}\0`).update(readFileSync(absolute)).update('\0');
  }
}

/** Runs a command in the project's folder; ends the process with its exit code where it fails. */
export function run(command, args, options = {}) {
  const code = tryRun(command, args, options);
  if (code !== 0) fail(`"${[command, ...args].join(' ')}" failed.`, code);
}

/** Runs a command in the project's folder; returns its exit code. */
export function tryRun(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: NPM_IS_A_SCRIPT && command === 'npm',
    ...options,
  });
  if (result.error !== undefined) console.error(result.error.message);
  return result.status ?? 1;
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}
