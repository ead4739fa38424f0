import { Command } from 'commander';
import { AuditLogError } from '../client/audit/verify-audit-log.ts';
import { AgentServiceError, CallRejectedError, errorOf } from '../client/errors.ts';
import { NetworkFailure } from '../gateway/callers/network-failure.ts';
import { StateDirectoryError } from '../replica/state/checkpoint/state-directory-error.ts';
import { CommandError } from './command-error.ts';
import { addActivitiesCommand } from './commands/activities.ts';
import { addAgentsCommand } from './commands/agents.ts';
import { addAuditLogCommand } from './commands/audit-log.ts';
import { addDeployCommand } from './commands/deploy.ts';
import { addEventsCommand } from './commands/events.ts';
import { addGatewayCommand } from './commands/gateway.ts';
import { addKeysCommand } from './commands/keys.ts';
import { addMcpCommand } from './commands/mcp.ts';
import { addStartCommand } from './commands/start.ts';
import { addUserCommands } from './commands/user-commands.ts';
import { addVerifyLogCommand } from './commands/verify-log.ts';

const program = new Command('agent-service').description('The backend that AI agents live on.');
// Commander ends with 1, which is for what was asked well and did not work.
program.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
addStartCommand(program);
addDeployCommand(program);
addUserCommands(program);
addActivitiesCommand(program);
addEventsCommand(program);
addAgentsCommand(program);
addAuditLogCommand(program);
addVerifyLogCommand(program);
addGatewayCommand(program);
addKeysCommand(program);
addMcpCommand(program);

try {
  await program.parseAsync();
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
    NetworkFailure,
    AuditLogError,
  ].some((kind) => error instanceof kind);
}
