import { Command } from 'commander';
import { Random } from '../../replica/support/random.ts';
import { readCount } from '../../replica/support/read-count.ts';
import { killAgainAndAgain } from './killed-service.ts';

await new Command('kill')
  .description(
    'Kills the service at random moments while eight callers write, and looks whether anything is lost.',
  )
  .option('--times <number>', 'how often', readCount, 20)
  .option('--seed <number>', 'which moments', readCount, 1)
  .action(async ({ times, seed }: { readonly times: number; readonly seed: number }) => {
    const { answered, retried, recoveries } = await killAgainAndAgain(times, new Random(seed));
    console.log(
      `${times} kills: ${answered} writes were answered, and each is there once; ${retried} sendings failed, ${recoveries} starts recovered messages`,
    );
  })
  .parseAsync();
