import type { CompletedCommand, WordKind } from './completed-commands.ts';

/** A script by which fish completes the program. It asks no process: everything is in it. */
export function fishCompletion(
  program: string,
  commands: readonly CompletedCommand[],
  entry: string,
): string {
  const path = `__${program.replaceAll('-', '_')}_path`;
  const complete = (command: CompletedCommand, words: string) =>
    `complete -c ${program} -n 'test (${path}) = "${command.path}"' ${words}\n`;
  return `# Completion of ${program} for fish.
if not type -q ${program}
  function ${program}
    node ${quoted(entry)} $argv
  end
end
function ${path}
  set -l path ''
  for word in (commandline -opc)[2..]
    set -l longer (string trim -- "$path $word")
    switch $longer
${commands.map((command) => (command.path === '' ? '' : `      case '${command.path}'\n        set path $longer\n`)).join('')}    end
  end
  echo "$path"
end
complete -c ${program} -f
${commands.flatMap((command) => wordsOf(command).map((words) => complete(command, words))).join('')}`;
}

function wordsOf({ subcommands, argument, options }: CompletedCommand): readonly string[] {
  return [
    ...subcommands.map(({ name, description }) => `-a ${name} -d ${quoted(description)}`),
    ...(argument.kind === 'text' ? [] : [values(argument)]),
    ...options.map(({ flag, description, value }) => {
      const name = `-l ${flag.replace(/^--/, '')} -d ${quoted(description)}`;
      return value === undefined ? name : `${name} -r ${values(value)}`.trimEnd();
    }),
  ];
}

function values(word: WordKind): string {
  switch (word.kind) {
    case 'choice':
      return `-a '${word.choices.join(' ')}'`;
    case 'file':
      return '-F';
    case 'folder':
      return `-a '(__fish_complete_directories)'`;
    case 'pem':
      return `-a '(__fish_complete_suffix .pem)'`;
    case 'text':
      return '';
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
