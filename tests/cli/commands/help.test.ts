import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';

/** Every command, and those below it. */
function commandsFrom(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(commandsFrom)];
}

const NAMES = commandsFrom(await createProgram()).map(nameOf);

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

/** What a command prints, and the code that it ends with. */
async function printed(words: readonly string[]): Promise<readonly [output: string, code: number]> {
  const program = await createProgram();
  let output = '';
  let code: number | undefined;
  for (const command of commandsFrom(program)) {
    command.configureOutput({
      writeOut: (text) => {
        output += text;
      },
      writeErr: (text) => {
        output += text;
      },
    });
    command.exitOverride((error) => {
      code = error.exitCode;
      throw error;
    });
  }
  await program.parseAsync(words, { from: 'user' }).catch((error: unknown) => {
    if (code === undefined) throw error;
  });
  return [output, code ?? 0];
}

describe('first contact: the help of every command', () => {
  it.each(NAMES)('of %s is printed', async (name) => {
    const [output, code] = await printed([...name.split(' ').slice(1), '--help']);
    expect(code).toBe(0);
    expect(output).toContain(`Usage: ${name}`);
    expect(output).not.toMatch(/TypeError|\[object Object\]|undefined| at .*:\d+:\d+/);
  });

  it('is in order where an option has a number beyond 2^53', async () => {
    expect((await printed(['deploy', '--help']))[0]).toMatch(/default:\s+2_000_000_000_000/);
  });

  it('has a version beside it', async () => {
    expect((await printed(['--version']))[0]).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
