import { Command } from 'commander';
import { Random } from '../../replica/support/random.ts';
import { readCount } from '../../replica/support/read-count.ts';
import { killAgainAndAgain } from './killed-service.ts';
import { killUpgrades } from './killed-upgrade.ts';

interface Options {
  readonly times: number;
  readonly upgrades: number;
  readonly seed: number;
}

await new Command('kill')
  .description(
    'Kills the service at random moments while eight callers write, and while it is upgraded, and looks whether anything is lost.',
  )
  .option('--times <number>', 'how often', readCount, 20)
  .option('--upgrades <number>', 'how often while it is upgraded', readCount, 5)
  .option('--seed <number>', 'which moments', readCount, 1)
  .action(async ({ times, upgrades, seed }: Options) => {
    const { answered, retried, recoveries } = await killAgainAndAgain(times, new Random(seed));
    console.log(
      `${times} kills: ${answered} writes were answered, and each is there once; ${retried} sendings failed, ${recoveries} starts recovered messages`,
    );
    const found = await killUpgrades(upgrades, new Random(seed));
    console.log(
      `${upgrades} kills while it was upgraded: ${found.before} left the module of before, ${found.upgraded} today's; each start after them went on`,
    );
  })
  .parseAsync();
