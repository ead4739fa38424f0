import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { DEFAULT_DIRECTORY, readModule, START, START_OPTIONS } from '../files/project.ts';
import { makeUsableFolder } from '../files/usable-folder.ts';
import { DASHBOARD_PORT } from '../listening/ports.ts';
import { readPath } from '../options/read-place.ts';
import { CommandError } from '../terminal/command-error.ts';
import { terminalProgress } from '../terminal/progress.ts';

interface DemoCommandOptions {
  readonly users: number;
  readonly days: number;
  readonly seed: number;
  readonly directory: string;
}

/** `demo`: a local network with the data of many users, for `start` to go on with. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('fill a new local network with demo data of many users')
    .option('--users <number>', 'how many users, 1 to 1000', readWithin(1, 1000), 30)
    .option('--days <number>', 'how many days, 1 to 90', readWithin(1, 90), 14)
    .option('--seed <number>', 'the same seed makes the same data', readWithin(0, 2 ** 32 - 1), 1)
    .option('--directory <path>', 'folder for state and identities', readPath, DEFAULT_DIRECTORY)
    .action(demo);
}

async function demo({ users, days, seed, directory: path }: DemoCommandOptions): Promise<void> {
  const directory = resolve(path);
  makeUsableFolder(directory);
  const state = join(directory, 'state');
  if (existsSync(state)) {
    throw new CommandError(
      `There is a local network in ${directory} already. Name another folder (--directory PATH), or stop it and remove ${state}.`,
    );
  }
  const progress = terminalProgress();
  // Loaded here, so that the other commands begin sooner.
  const { makeDemo } = await import('../demo/make-demo.ts');
  const { owned, done, refused } = await makeDemo({
    directory,
    progress,
    users,
    days,
    seed,
    end: BigInt(Date.now()) * 1_000_000n,
    module: readModule(),
  });
  progress.line();
  for (const [method, count] of done) progress.line(`  ${String(count).padStart(6)}  ${method}`);
  progress.line(`  ${String(refused).padStart(6)}  refused, as by a rate limit or after a withdrawal`);
  progress.line();
  for (const { name, who } of owned) progress.line(`  ${name} belongs to ${who}.`);
  progress.line();
  const start = path === DEFAULT_DIRECTORY ? START : `${START_OPTIONS} --directory ${path}`;
  progress.line(`Start it with "${start}", and open the dapp: http://127.0.0.1:${DASHBOARD_PORT}`);
}

function readWithin(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most) {
      throw new InvalidArgumentError(`A whole number from ${least} to ${most}.`);
    }
    return number;
  };
}
