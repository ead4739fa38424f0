import { setTimeout as delay } from 'node:timers/promises';
import { localState } from '../networks/local-state.ts';
import { removeNetworkFile } from '../networks/network-file.ts';
import { CommandError } from '../terminal/command-error.ts';

const LOOK_MS = 50;
const PATIENCE_MS = 60_000;

/**
 * Ends the process that has the folder's state, and waits until it has saved it; returns a sentence on what was done. A process that only reuses the id of
 * one that is gone is left alone. Throws a `CommandError` where it cannot be ended, or has not ended in time.
 */
export async function stopLocal(directory: string, timeoutMs = PATIENCE_MS): Promise<string> {
  const first = localState(directory);
  if (first.state === 'stopped') {
    if (first.left === undefined) return `No local network runs in ${directory}.`;
    removeNetworkFile(directory);
    return `No local network runs in ${directory}; removed the network.json that one left which was killed.`;
  }
  const deadline = performance.now() + timeoutMs;
  const asked = new Set<number>();
  for (;;) {
    const found = localState(directory);
    if (found.state === 'stopped') {
      // It was killed before it could, as always on Windows.
      if (found.left !== undefined) removeNetworkFile(directory);
      return `Stopped the local network of ${directory}; its data stays.`;
    }
    if (!asked.has(found.pid)) end(found.pid);
    asked.add(found.pid);
    if (performance.now() > deadline) {
      throw new CommandError(
        `Process ${found.pid} was asked to stop, and has not ended in ${timeoutMs / 1000} s. Wait longer with --timeout, or kill it: all that it answered is kept.`,
      );
    }
    await delay(LOOK_MS);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // It has ended meanwhile.
    if (code === 'ESRCH') return;
    throw new CommandError(`Process ${pid} cannot be stopped: it belongs to another user.`, { cause: error });
  }
}
