import type { IngressMessage } from '../messages/message.ts';
import type { BatchJournal } from './intake.ts';
import type { NetworkClock } from './network-clock.ts';
import type { BatchRunnerOptions } from './round/batch-runner-options.ts';

/** What a subnet starts with. */
export interface LocalSubnetOptions extends BatchRunnerOptions {
  readonly clock: NetworkClock;
  /** Secret random bytes. */
  readonly random: (length: number) => Uint8Array;
  /** Keeps what happens before it does; without it messages are taken at once. */
  readonly journal?: BatchJournal | undefined;
  /** For what takes messages at once: told of each before it is taken; false where it must not be. */
  readonly keep?: ((message: IngressMessage) => boolean) | undefined;
  /** Whether rounds run by themselves (unless told), or only when `round` is called. */
  readonly rounds?: 'automatic' | 'on demand' | undefined;
  /** Told when something changed that a checkpoint should have. */
  readonly onChange?: (() => void) | undefined;
}
