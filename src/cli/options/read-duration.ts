import { InvalidArgumentError } from 'commander';

const UNITS = new Map([
  ['s', 1n],
  ['m', 60n],
  ['h', 3600n],
  ['d', 86_400n],
]);
const NS = 1_000_000_000n;

/** An option's value that is a duration, such as 90s, 15m, 24h or 7d, as ns. */
export function readDuration(text: string): bigint {
  const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const seconds = UNITS.get(unit);
  if (seconds === undefined) throw new InvalidArgumentError('A duration is such as 90s, 15m, 24h or 7d.');
  return BigInt(count) * seconds * NS;
}
