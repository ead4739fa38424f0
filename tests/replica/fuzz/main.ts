import { Command, InvalidArgumentError } from 'commander';
import { runFuzz } from './run-fuzz.ts';

interface Options {
  readonly inputs: number;
  readonly seed: number;
  readonly from: number;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError('It has to be a number from 0 on.');
  return value;
}

await new Command('fuzz')
  .description("Hostile inputs for the network's HTTP interface, management canister and module loader.")
  .option('--inputs <number>', 'how many', count, 100_000)
  .option('--seed <number>', 'which', count, 1)
  .option('--from <number>', 'the first, to repeat one', count, 0)
  .action(async (options: Options) => {
    const start = performance.now();
    const summary = await runFuzz({ ...options, onProgress: (done) => console.log(`${done} inputs`) });
    for (const [answer, times] of summary) console.log(`${String(times).padStart(8)}  ${answer}`);
    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(
      `${options.inputs} inputs of seed ${options.seed} in ${seconds} s: the network is up, its state unchanged`,
    );
  })
  .parseAsync();
