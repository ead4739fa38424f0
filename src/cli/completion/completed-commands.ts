import type { Command, Option } from 'commander';

/** What a word is: one of some, the path of a file, of an identity or of a folder, or any text. */
export type WordKind =
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'file' | 'pem' | 'folder' | 'text' };

/** An option as shells complete it. */
export interface CompletedOption {
  /** With its dashes. */
  readonly flag: string;
  readonly description: string;
  /** What follows it; absent where nothing does. */
  readonly value?: WordKind;
}

/** A command as shells complete it. */
export interface CompletedCommand {
  /** The words that lead to it, such as `agents add`; none for the program itself. */
  readonly path: string;
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  /** What its first argument is. */
  readonly argument: WordKind;
  readonly options: readonly CompletedOption[];
}

/** What a command does unless told, where it has commands below it. */
const DEFAULT_COMMAND = 'list';
const PEMS = ['--identity', '--pem'];
const NETWORKS = ['local', 'ic'];

/** A program's commands, each before those below it. */
export function completedCommands(program: Command): readonly CompletedCommand[] {
  return commandsFrom(program, '');
}

function commandsFrom(command: Command, path: string): readonly CompletedCommand[] {
  const help = command.createHelp();
  const below = command.commands;
  const unlessTold = below.find((each) => each.name() === DEFAULT_COMMAND);
  const options = [command, ...(unlessTold ? [unlessTold] : [])].flatMap((each) => help.visibleOptions(each));
  const [argument] = command.registeredArguments;
  return [
    {
      path,
      subcommands: below.map((each) => ({ name: each.name(), description: each.description() })),
      argument: wordKind(argument?.name() ?? '', argument?.argChoices),
      options: uniqueFlags(options.map(completedOption)),
    },
    ...below.flatMap((each) => commandsFrom(each, path === '' ? each.name() : `${path} ${each.name()}`)),
  ];
}

function uniqueFlags(options: readonly CompletedOption[]): readonly CompletedOption[] {
  return [...new Map(options.map((option) => [option.flag, option])).values()];
}

function completedOption(option: Option): CompletedOption {
  const flag = option.long ?? option.flags;
  const { description } = option;
  if (!option.required && !option.optional) return { flag, description };
  return { flag, description, value: valueKind(flag, option) };
}

function valueKind(flag: string, { flags, argChoices }: Option): WordKind {
  if (flag === '--network') return { kind: 'choice', choices: NETWORKS };
  const [, name = ''] = /<([^>.]+)/.exec(flags) ?? [];
  return wordKind(PEMS.includes(flag) ? 'pem' : name, argChoices);
}

/** What a word is by the name that the help gives it. */
function wordKind(name: string, choices: readonly string[] | undefined): WordKind {
  if (choices !== undefined) return { kind: 'choice', choices };
  if (name === 'path') return { kind: 'folder' };
  return { kind: name === 'file' || name === 'pem' ? name : 'text' };
}
