import { performanceCounter } from 'azle';
import { Work } from '../models/work.ts';

/** The counter of what the current message took. */
const MESSAGE = 0;

/** Work that ends when the current message has taken so many instructions. */
export function messageWork(instructions: number): Work {
  return new Work(() => Number(performanceCounter(MESSAGE)), instructions);
}
