import { AuditLogError } from '../client/audit/audit-log-error.ts';
import { AgentServiceError, CallRejectedError, ClockError, errorOf } from '../client/errors.ts';
import { NetworkFailure } from '../gateway/callers/network-failure.ts';
import { StateDirectoryError } from '../replica/state/checkpoint/state-directory-error.ts';
import { CommandError } from './command-error.ts';
import { checkArguments } from './exact-text.ts';
import { createProgram } from './program.ts';

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
  return [
    CommandError,
    StateDirectoryError,
    AgentServiceError,
    CallRejectedError,
    ClockError,
    NetworkFailure,
    AuditLogError,
  ].some((kind) => error instanceof kind);
}
