/** How deep canisters can recurse: Node has less stack by itself than the public network gives them. Runs on Node alone. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** For the 5 MiB of a canister's own stack, in the frames that Node has for it. */
const STACK_KB = 6500;
/** What Node itself and the libraries in it need below the stack of JavaScript and Wasm. */
const LEAST_SPARE_KB = 1000;

/** The commands of `agent-service` that run the network themselves. */
const RUN_CANISTERS = ['start', 'demo', 'test-network'];

/** Whether a command of `agent-service` runs canisters. */
export function runsCanisters(command) {
  return RUN_CANISTERS.includes(command);
}

/**
 * Runs this script anew where it needs another `--stack-size`, and ends as that ends: with it where canisters are to run and the system gives the process
 * room for it; without, where it was asked for and there is no room: the process would end where a canister recurses without end.
 */
export async function ensureStack(isNeeded) {
  const { execArgv } = process;
  const asked = execArgv.find((arg) => arg.startsWith('--stack-size='));
  const kilobytes = asked === undefined ? STACK_KB : Number(asked.split('=')[1]);
  const fits = hasRoom(kilobytes + LEAST_SPARE_KB);
  if (asked === undefined ? !isNeeded || !fits : fits) {
    endWithParent();
    return;
  }
  const flags = execArgv.filter((arg) => arg !== asked);
  await runAnew(asked === undefined ? [`--stack-size=${STACK_KB}`, ...flags] : flags);
}

/** The system's bound on the stack, where it is known. */
function hasRoom(kilobytes) {
  if (process.platform === 'win32') return false;
  try {
    const [, soft] = /^Max stack size\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined || soft === 'unlimited' || Number(soft) >= kilobytes * 1024;
  } catch {
    // Another system than Linux: macOS gives 8 MB.
    return true;
  }
}

function runAnew(flags) {
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(process.execPath, [...flags, ...process.argv.slice(1)], { stdio });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to both.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  return new Promise((_, fail) => {
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      if (signal === null) process.exit(code ?? 1);
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    });
  });
}

/** A process that was run anew stops in good order when the one before it is no more. */
function endWithParent() {
  if (process.channel === undefined || process.channel === null) return;
  process.channel.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
