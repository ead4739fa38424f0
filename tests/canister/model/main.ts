import { Command } from 'commander';
import { readCount } from '../../replica/support/read-count.ts';
import { runRandom, SEQUENCE, shrink } from './run/sequence.ts';
import { keepSeed } from './seeds.ts';

interface Options {
  readonly operations: number;
  readonly seed: number;
}

await new Command('model')
  .description(
    'Random calls of every method, with traps, upgrades and time, on the canister and on a model of it.',
  )
  .option('--operations <number>', 'how many', readCount, 20_000)
  .option('--seed <number>', 'which', readCount, 1)
  .action(async ({ operations, seed }: Options) => {
    for (let done = 0; done < operations; done += SEQUENCE) {
      const number = seed * 1_000_000 + done / SEQUENCE;
      const failure = await runRandom(number);
      if (failure !== undefined) {
        console.log(
          `They differ after ${done + failure.operations.length} operations (sequence ${number}):\n${failure.difference}`,
        );
        const smallest = await shrink(failure, (left) => console.log(`… also after ${left} operations`));
        console.log(`${smallest.difference}\nkept as ${keepSeed(`sequence-${number}`, smallest)}`);
        process.exitCode = 1;
        return;
      }
      console.log(`${done + SEQUENCE} operations`);
    }
  })
  .parseAsync();
