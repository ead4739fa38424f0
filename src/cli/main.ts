import { Command } from 'commander';
import { StateDirectoryError } from '../replica/state/checkpoint/state-directory-error.ts';
import { CommandError } from './command-error.ts';
import { addDeployCommand } from './commands/deploy.ts';
import { addStartCommand } from './commands/start.ts';

const program = new Command('agent-service').description('The backend that AI agents live on.');
addStartCommand(program);
addDeployCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  // What a person can mend is told in a sentence; anything else is a fault, and told whole.
  const expected = error instanceof CommandError || error instanceof StateDirectoryError;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}
