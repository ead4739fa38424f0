import { Command } from 'commander';
import { addActivitiesCommand } from './commands/activities.ts';
import { addAdminsCommand } from './commands/admins.ts';
import { addAgentsCommand } from './commands/agents.ts';
import { addAuditLogCommand } from './commands/audit-log.ts';
import { addCompletionCommand } from './commands/completion.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDeployCommand } from './commands/deploy.ts';
import { addEventsCommand } from './commands/events.ts';
import { addGatewayCommand } from './commands/gateway.ts';
import { addKeysCommand } from './commands/keys.ts';
import { addLimitsCommand } from './commands/limits.ts';
import { addLinksCommand } from './commands/links.ts';
import { addMcpCommand } from './commands/mcp.ts';
import { addRefreshCommand } from './commands/refresh.ts';
import { addSettingsCommand } from './commands/settings.ts';
import { addStartCommand } from './commands/start.ts';
import { addTasksCommand } from './commands/tasks.ts';
import { addUserCommands } from './commands/user-commands.ts';
import { addUsersCommands } from './commands/users.ts';
import { addVerifyLogCommand } from './commands/verify-log.ts';
import { addWitnessCommand } from './commands/witness.ts';
import { VERSION } from './project.ts';

/** The command `agent-service` with all that it can do. Wrong usage ends the process with 2, unless it is told otherwise. */
export function createProgram(): Command {
  const program = new Command('agent-service')
    .description('The backend that AI agents live on.')
    .version(VERSION, '-V, --version', 'print the version');
  // Commander ends with 1, which is for what was asked well and did not work.
  program.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  addStartCommand(program);
  addDeployCommand(program);
  addDemoCommand(program);
  addUserCommands(program);
  addActivitiesCommand(program);
  addEventsCommand(program);
  addAgentsCommand(program);
  addUsersCommands(program);
  addAdminsCommand(program);
  addSettingsCommand(program);
  addLimitsCommand(program);
  addTasksCommand(program);
  addLinksCommand(program);
  addRefreshCommand(program);
  addAuditLogCommand(program);
  addVerifyLogCommand(program);
  addWitnessCommand(program);
  addGatewayCommand(program);
  addKeysCommand(program);
  addMcpCommand(program);
  addCompletionCommand(program);
  return program;
}
