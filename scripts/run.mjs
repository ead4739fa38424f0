/** Runs a command of src/cli, such as `start`, also on a fresh clone: installs and builds first what is missing. */
import { spawn } from 'node:child_process';
import { buildCanister, checkNode, install, ROOT } from './prepare.mjs';

checkNode();
install();
buildCanister();

const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
// A terminal sends Ctrl-C to both; the command decides when it ends. Other senders know this process only.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1;
});
