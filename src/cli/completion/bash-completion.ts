import type { CompletedCommand, WordKind } from './completed-commands.ts';

/** A script by which bash completes the program. It asks no process: everything is in it. `entry` is the file by which Node runs the program. */
export function bashCompletion(
  program: string,
  commands: readonly CompletedCommand[],
  entry: string,
): string {
  const name = `_${program.replaceAll('-', '_')}`;
  return `# Completion of ${program} for bash.
${callable(program, entry)}${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path="" at
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "\${path:+$path }\${COMP_WORDS[at]}" in
${commands.map(pathCase).join('')}    esac
  done
  case "$path $previous" in
${commands.flatMap(valueCases).join('')}  esac
  case "$path" in
${commands.map(wordsCase).join('')}  esac
}
complete -F ${name} ${program}
`;
}

/** The same for zsh, which reads scripts of bash. */
export function zshCompletion(program: string, commands: readonly CompletedCommand[], entry: string): string {
  return `#compdef ${program}
autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
${bashCompletion(program, commands, entry)}`;
}

/** Without a global install the shell does not know the command, which npx runs: it is made one, by the file that Node starts. */
function callable(program: string, entry: string): string {
  return `command -v ${program} > /dev/null || ${program}() { node '${entry.replaceAll("'", `'\\''`)}' "$@"; }\n`;
}

function pathCase({ path }: CompletedCommand): string {
  return path === '' ? '' : `      '${path}') path='${path}' ;;\n`;
}

function valueCases({ path, options }: CompletedCommand): readonly string[] {
  return options.flatMap(({ flag, value }) =>
    value === undefined ? [] : [`    '${path} ${flag}') ${reply(value)}; return ;;\n`],
  );
}

function wordsCase({ path, subcommands, argument, options }: CompletedCommand): string {
  const words = [...subcommands.map(({ name }) => name), ...options.map(({ flag }) => flag)];
  const choices = argument.kind === 'choice' ? argument.choices : [];
  const isPath = argument.kind !== 'choice' && argument.kind !== 'text';
  const others = isPath ? ` [[ "$current" == -* ]] || { ${reply(argument)}; return; };` : '';
  return `    '${path}')${others} ${reply({ kind: 'choice', choices: [...choices, ...words] })} ;;\n`;
}

/** The command that offers words of a kind. */
function reply(word: WordKind): string {
  switch (word.kind) {
    case 'choice':
      return `COMPREPLY=($(compgen -W '${word.choices.join(' ')}' -- "$current"))`;
    case 'file':
      return 'COMPREPLY=($(compgen -f -- "$current"))';
    case 'folder':
      return 'COMPREPLY=($(compgen -d -- "$current"))';
    case 'pem':
      return `COMPREPLY=($(compgen -f -X '!*.pem' -- "$current") $(compgen -d -S / -- "$current"))`;
    case 'text':
      return 'COMPREPLY=()';
  }
}
