import { Command } from 'commander';
import { VERSION } from '../json-interface/version.ts';
import { COMMAND_FILES } from './command-table.ts';
import { withoutSecrets } from './terminal/without-secrets.ts';

const VERSION_FLAGS = ['-V', '--version'] as const;

/**
 * The command `agent-service`, with what the first of the words asks for: one command, or all that it can do where that is none, as for its help; so that
 * a command does not wait for the others. Wrong usage, help and the version are thrown as a `CommanderError`.
 */
export async function createProgram([first]: readonly string[] = []): Promise<Command> {
  const program = new Command('agent-service')
    .description('The backend that AI agents live on.')
    .version(VERSION, VERSION_FLAGS.join(', '), 'print the version');
  program.exitOverride().configureOutput({
    // It quotes what it was given, which may be a token in the place of something else.
    outputError: (text, write) => write(withoutSecrets(text)),
  });
  if (VERSION_FLAGS.some((flag) => flag === first)) return program;
  const asked = COMMAND_FILES.filter(({ names }) => first !== undefined && names.includes(first));
  const files = asked.length > 0 && first !== 'completion' ? asked : COMMAND_FILES;
  for (const add of await Promise.all(files.map(({ load }) => load()))) add(program);
  return program;
}
