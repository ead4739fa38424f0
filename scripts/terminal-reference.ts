import { type Command, Help } from 'commander';
import { CANISTER_IDS, DEFAULT_DIRECTORY, START } from '../src/cli/files/project.ts';

/** An option that so many commands have alike is described once, before the commands. */
const COMMON_FROM = 12;
const HELP = new Help();

/** docs/reference/terminal.md: every command with its arguments and options, from the texts of its help. */
export function terminalReference(program: Command): string {
  const commands = program.commands.flatMap(withSubcommands).filter((each) => each.commands.length === 0);
  const counts = new Map<string, number>();
  for (const line of commands.flatMap(optionLines)) counts.set(line, (counts.get(line) ?? 0) + 1);
  // As whom a command calls unless told is a fact about the command.
  const isCommon = ([line, count]: readonly [string, number]) =>
    count >= COMMON_FROM && !line.includes('--identity');
  const common = new Set([...counts].filter(isCommon).map(([line]) => line));
  const text = [
    '# The terminal',
    'Made from the help of the commands by `npm run generate`. `agent-service COMMAND --help` prints the same.',
    '[The README](../../README.md#terminal) has an overview, and [errors](errors.md#errors-of-the-terminal) the exit codes.',
    '## Common options',
    'Most commands that call the service have these. A default path is below the folder in which the command runs.',
    [...common].join('\n'),
    ...program.commands.flatMap((command) => section(command, common)),
  ].join('\n\n');
  return `${text
    .replaceAll(DEFAULT_DIRECTORY, '.agent-service')
    .replaceAll(CANISTER_IDS, 'canister_ids.json')
    .replaceAll(START, 'npx agent-service start')}\n`;
}

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** The paragraphs about a command, and about those below it. */
function section(command: Command, common: ReadonlySet<string>): string[] {
  const title = `## ${command.name()}`;
  if (command.commands.length === 0) return [title, ...paragraphs(command, common)];
  const below = command.commands.flatMap((each) => [
    `### ${command.name()} ${each.name()}`,
    ...paragraphs(each, common),
  ]);
  return [title, sentence(command.description()), ...below];
}

function paragraphs(command: Command, common: ReadonlySet<string>): string[] {
  const options = optionLines(command);
  const own = options.filter((line) => !common.has(line));
  const usage = HELP.commandUsage(command);
  const words = command.registeredArguments.map(
    (argument) => `- \`${argument.name()}\`: ${escaped(HELP.argumentDescription(argument))}`,
  );
  return [
    sentence(command.description()),
    `    ${usage}`,
    [...words, ...own].join('\n'),
    commonOptions(
      options.filter((line) => common.has(line)),
      common.size,
    ),
  ].filter((paragraph) => paragraph !== '');
}

/** The sentence about those of the common options that a command has. */
function commonOptions(lines: readonly string[], all: number): string {
  if (lines.length === 0) return '';
  if (lines.length === all) return 'And the [common options](#common-options).';
  const flags = lines.map((line) => /--[\w-]+/.exec(line)?.[0] ?? line);
  return `Of the [common options](#common-options): ${flags.map((flag) => `\`${flag}\``).join(', ')}.`;
}

function optionLines(command: Command): string[] {
  return command.options.map((option) => `- \`${option.flags}\`: ${escaped(HELP.optionDescription(option))}`);
}

/** A description begins with a small letter and has no full stop, as in the help. */
function sentence(text: string): string {
  const last = /[.!?]$/.test(text) ? '' : '.';
  return `${escaped(text.charAt(0).toUpperCase() + text.slice(1))}${last}`;
}

const escaped = (text: string): string => text.replace(/[<|*[\]]/g, '\\$&');
