import { resolve } from 'node:path';
import type { Command } from 'commander';
import { DEFAULT_DIRECTORY } from '../files/project.ts';
import { stopLocal } from '../local/stop-local.ts';
import { readPath } from '../options/read-place.ts';
import { readSeconds } from '../options/read-seconds.ts';

interface StopOptions {
  readonly directory: string;
  /** ms. */
  readonly timeout?: number;
}

/** `stop`: ends the local network of a folder, however it was started. */
export function addStopCommand(program: Command): void {
  program
    .command('stop')
    .description('stop the local network of a folder; its data stays')
    .option('--timeout <seconds>', 'time to wait for its end (default: 60)', readSeconds)
    .option('--directory <path>', 'folder of the local network', readPath, DEFAULT_DIRECTORY)
    .action(async ({ directory, timeout }: StopOptions) => {
      console.log(await stopLocal(resolve(directory), timeout));
    });
}
