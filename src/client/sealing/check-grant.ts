import { InvalidArgumentError } from '../errors.ts';

/** As the interface has it of `token_data`. */
const MAX_DEPTH = 100;

/** Throws an `InvalidArgumentError` for an OAuth grant that the service would refuse in clear, and cannot read once it is sealed. */
export function checkGrant(text: string): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Without the cause, whose message quotes the text.
    throw new InvalidArgumentError('token_data', 'must be valid JSON');
  }
  if (!nestsAtMost(value, MAX_DEPTH)) {
    throw new InvalidArgumentError('token_data', `must nest at most ${MAX_DEPTH} levels deep`);
  }
}

function nestsAtMost(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => nestsAtMost(inner, levels - 1));
}
