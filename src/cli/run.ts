import { type Command, CommanderError } from 'commander';
import { AgentServiceError } from '../client/errors.ts';
import { StateDirectoryError } from '../replica/state-folder/checkpoint/state-directory-error.ts';
import { createProgram } from './program.ts';
import { CommandError } from './terminal/command-error.ts';
import { withoutSecrets } from './terminal/without-secrets.ts';

const FAILED = 1;
/** Commander ends with 1, which is for what was asked well and did not work. */
const WRONG_USAGE = 2;
/** Errors whose sentence says what a person can mend, and failures of the network; anything else is a fault, and told whole. */
const FOR_PEOPLE = [CommandError, StateDirectoryError, AgentServiceError];

/** Runs the command that the words are, if `check` does not throw; prints what it failed with, and resolves with the exit code. */
export async function run(words: readonly string[], check?: () => void): Promise<number> {
  return await runProgram(async () => {
    check?.();
    return await createProgram(words);
  }, words);
}

/** Runs a program with words; prints what making or running it failed with, and resolves with the exit code. */
export async function runProgram(make: () => Promise<Command>, words: readonly string[]): Promise<number> {
  try {
    await (await make()).parseAsync(words, { from: 'user' });
    return 0;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : WRONG_USAGE;
    // Loaded here, so that what goes well does not wait for it.
    const { errorOf } = await import('../client/calls/agent-errors.ts');
    const { NetworkFailure } = await import('../json-interface/callers/network-failure.ts');
    const error = errorOf(thrown);
    console.error(isOneOf(error, [...FOR_PEOPLE, NetworkFailure]) ? told(error) : error);
    return FAILED;
  }
}

/** What a command quotes of what it was given may be a token in the place of something else. */
function told(error: Error): string {
  return error instanceof CommandError ? withoutSecrets(error.message) : error.message;
}

type ErrorKind = abstract new (...args: never[]) => Error;

function isOneOf(error: unknown, kinds: readonly ErrorKind[]): error is Error {
  return kinds.some((kind) => error instanceof kind);
}
