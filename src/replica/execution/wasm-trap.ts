import { Trap } from '../system-api/trap.ts';

/** What the engine says of a trap, and what the Internet Computer calls it. */
const NAMES: readonly (readonly [engine: RegExp, name: string])[] = [
  [/unreachable/, 'unreachable'],
  [/memory access out of bounds|data segment/, 'heap out of bounds'],
  [/divide by zero|remainder by zero/, 'integer division by 0'],
  [/divide result unrepresentable/, 'integer overflow'],
  [/float unrepresentable/, 'bad conversion to integer'],
  [/table index is out of bounds|table access/, 'undefined element: out of bounds table access'],
  [/function signature mismatch/, 'indirect call type mismatch'],
  [/dereferencing a null pointer/, 'uninitialized element'],
];

/**
 * What ended a canister's execution, as a trap. Throws again what is not the canister's fault. `instructionsLeft` is
 * the counter afterwards: below zero, the code ran out of instructions however it ended.
 */
export function toTrap(error: unknown, instructionsLeft: bigint): Trap {
  if (error instanceof Trap) return error;
  const stackOverflow = error instanceof RangeError && /call stack/i.test(error.message);
  if (!stackOverflow && !(error instanceof WebAssembly.RuntimeError)) throw error;
  if (instructionsLeft < 0n) return new Trap('out-of-instructions', '');
  if (stackOverflow) return new Trap('trapped', 'stack overflow');
  const name = NAMES.find(([engine]) => engine.test(error.message))?.[1];
  return new Trap('trapped', name ?? error.message);
}
