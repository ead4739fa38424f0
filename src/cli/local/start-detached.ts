import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ENTRY } from '../files/project.ts';
import { fileTrouble } from '../networks/file-trouble.ts';
import { localState } from '../networks/local-state.ts';
import type { NetworkFile } from '../networks/network-file.ts';
import { CommandError } from '../terminal/command-error.ts';

const LOOK_MS = 100;

/** A network that runs in a process of its own. */
export interface DetachedNetwork {
  readonly file: NetworkFile;
  /** Where that process writes what it has to tell. */
  readonly log: string;
}

/**
 * Runs `start` of a folder that is there with these words in a process that outlives this one; resolves when everything answers. Throws a `CommandError` with what it printed
 * where it ends before; where this process is interrupted meanwhile, it is stopped, too.
 */
export async function startDetached(directory: string, words: readonly string[]): Promise<DetachedNetwork> {
  const found = localState(directory);
  if (found.state !== 'stopped') {
    throw new CommandError(
      `A local network already uses ${directory} (process ${found.pid}). Stop it first.`,
    );
  }
  const log = join(directory, 'start.log');
  const output = openLog(directory, log);
  // With the options of this process, such as the stack that canisters need.
  const child = spawn(process.execPath, [...process.execArgv, ENTRY, 'start', ...words], {
    detached: true,
    stdio: ['ignore', output, output],
    windowsHide: true,
  });
  closeSync(output);
  const ended = once(child, 'exit').then(() => true);
  const stop = () => void child.kill('SIGTERM');
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    for (;;) {
      const { file } = { file: undefined, ...localState(directory) };
      if (file !== undefined && file.pid === child.pid) return { file, log };
      if (await Promise.race([ended, delay(LOOK_MS, false)])) throw notStarted(log);
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    child.unref();
  }
}

function openLog(directory: string, path: string): number {
  try {
    return openSync(path, 'w', 0o600);
  } catch (error) {
    throw fileTrouble(error, directory);
  }
}

function notStarted(log: string): CommandError {
  return new CommandError(`The local network did not start:\n${readFileSync(log, 'utf8').trim()}`);
}
