import { errorOf } from '../client/agent-errors.ts';
import { AgentServiceError } from '../client/errors.ts';
import { NetworkFailure } from '../gateway/callers/network-failure.ts';
import { StateDirectoryError } from '../replica/state/checkpoint/state-directory-error.ts';
import { CommandError } from './command-error.ts';
import { checkArguments } from './exact-text.ts';
import { createProgram } from './program.ts';

// Nobody reads any more, as after "| head": what is left to print is lost, and what is left to do is done.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  checkArguments(process.argv.slice(2));
  await createProgram().parseAsync();
} catch (thrown) {
  const error = errorOf(thrown);
  console.error(isForPeople(error) ? error.message : error);
  process.exitCode = 1;
}

/** Whether a sentence says what a person can mend; anything else is a fault, and told whole. */
function isForPeople(error: unknown): error is Error {
  return [CommandError, StateDirectoryError, AgentServiceError, NetworkFailure].some(
    (kind) => error instanceof kind,
  );
}
