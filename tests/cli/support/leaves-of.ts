import type { Command } from 'commander';

/** A command that does something, by the words that call it. */
export interface Leaf {
  readonly name: string;
  readonly command: Command;
}

/** The commands of a program that have no commands below them. */
export function leavesOf(command: Command, path: readonly string[] = []): readonly Leaf[] {
  if (command.commands.length === 0) return [{ name: path.join(' '), command }];
  return command.commands.flatMap((inner) => leavesOf(inner, [...path, inner.name()]));
}
