import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readModule } from '../files/project.ts';
import { makeUsableFolder } from '../files/usable-folder.ts';
import { readPath } from '../options/read-place.ts';

/** `test-network`: the service in memory for tests of programs in any language. */
export function addTestNetworkCommand(program: Command): void {
  program
    .command('test-network')
    .description(
      'run the service in memory with forks, for test frameworks; reads and writes lines of JSON (docs/how-to/test-agents.md)',
    )
    .requiredOption('--directory <path>', 'folder for the identities and API keys of the tests', readPath)
    .action(testNetwork);
}

async function testNetwork({ directory }: { readonly directory: string }): Promise<void> {
  makeUsableFolder(resolve(directory));
  const { TestNetwork } = await import('../testing/test-network.ts');
  const { serveLines } = await import('../testing/serve-lines.ts');
  const network = await TestNetwork.create({ directory: resolve(directory), module: readModule() });
  await serveLines(network, { input: process.stdin, write: (line) => process.stdout.write(line) });
  await network.dispose();
}
