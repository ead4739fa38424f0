import { Argument, type Command } from 'commander';
import { bashCompletion, zshCompletion } from '../completion/bash-completion.ts';
import { completedCommands } from '../completion/completed-commands.ts';
import { fishCompletion } from '../completion/fish-completion.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** `completion`: a script for a shell, which then completes commands, options and what they take. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print a script by which a shell completes this command')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SHELLS)))
    .addHelpText(
      'after',
      '\nbash: source <(agent-service completion bash)\nzsh:  source <(agent-service completion zsh)\nfish: agent-service completion fish | source',
    )
    .action((shell: keyof typeof SHELLS) => {
      console.log(SHELLS[shell](program.name(), completedCommands(program)).trimEnd());
    });
}
