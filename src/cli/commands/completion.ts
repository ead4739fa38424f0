import { Argument, type Command } from 'commander';
import { bashCompletion, zshCompletion } from '../completion/bash-completion.ts';
import { completedCommands } from '../completion/completed-commands.ts';
import { fishCompletion } from '../completion/fish-completion.ts';
import { ENTRY } from '../files/project.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** `completion`: a script for a shell, which then completes commands, options and what they take. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SHELLS)))
    .addHelpText(
      'after',
      '\nbash: source <(npx agent-service completion bash)\nzsh:  source <(npx agent-service completion zsh)\nfish: npx agent-service completion fish | source\n\nWhere the command is not installed globally, the script makes it known to the shell.',
    )
    .action((shell: keyof typeof SHELLS) => {
      console.log(SHELLS[shell](program.name(), completedCommands(program), ENTRY).trimEnd());
    });
}
