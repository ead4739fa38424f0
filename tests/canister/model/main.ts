import { Command, InvalidArgumentError } from 'commander';
import { keepSeed } from './seeds.ts';
import { runRandom, SEQUENCE, shrink } from './sequence.ts';

interface Options {
  readonly operations: number;
  readonly seed: number;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError('It has to be a number from 0 on.');
  return value;
}

await new Command('model')
  .description(
    'Random calls of every method, with traps, upgrades and time, on the canister and on a model of it.',
  )
  .option('--operations <number>', 'how many', count, 20_000)
  .option('--seed <number>', 'which', count, 1)
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
