import { Command } from 'commander';
import { readCount } from '../support/read-count.ts';
import { runFuzz } from './run-fuzz.ts';

interface Options {
  readonly inputs: number;
  readonly seed: number;
  readonly from: number;
}

await new Command('fuzz')
  .description("Hostile inputs for the network's HTTP interface, management canister and module loader.")
  .option('--inputs <number>', 'how many', readCount, 100_000)
  .option('--seed <number>', 'which', readCount, 1)
  .option('--from <number>', 'the first, to repeat one', readCount, 0)
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
