import { networkClosed, notKept } from '../execution/rejects.ts';
import { responseBytes } from '../management/answer-outcall.ts';
import type { IngressMessage } from '../messages/message.ts';
import type { Reject } from '../messages/outcome.ts';
import type { Canister } from '../state/canister.ts';
import { firstThatFit } from './first-that-fit.ts';
import { Inbox } from './inbox.ts';
import type { NetworkClock } from './network-clock.ts';
import { QueriedCanisters } from './queried-canisters.ts';
import type { Batch, JournalEntry, OutcallAnswer } from './round/batch.ts';

/** Bytes of a batch's seed. */
const SEED_BYTES = 32;

/** Keeps batches over the end of the process. */
export interface BatchJournal {
  /** Keeps it, or tells that it could not be written: nothing of it may happen then. */
  append(entry: JournalEntry): boolean;
}

/** What batches are made from. */
export interface IntakeOptions {
  readonly clock: NetworkClock;
  /** Secret random bytes. */
  readonly random: (length: number) => Uint8Array;
  readonly canisters: Iterable<Canister>;
  /** Of the certified state as the last batch left it. */
  readonly rootHash: () => Uint8Array;
  /** Where batches are kept; nowhere if left out. */
  readonly journal: BatchJournal | undefined;
}

/** Makes batches of what comes from outside. Nothing happens in the network that is not in a batch, and kept, before. */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #inbox = new Inbox();
  readonly #answers = new Map<bigint, OutcallAnswer>();
  #queried = new QueriedCanisters();
  #beats = false;
  #isWoken = false;
  #closed = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Whether messages have to wait until they are kept. */
  get keeps(): boolean {
    return this.#options.journal !== undefined;
  }

  /** Whether there is something that only a batch brings in. */
  get isWaiting(): boolean {
    return this.#inbox.size > 0 || this.#answers.size > 0 || this.#isWoken;
  }

  /** Resolves once the message is kept and `decide`d on, or with a reject that says why it cannot be. */
  async add(message: IngressMessage): Promise<Reject | undefined> {
    return this.#closed ? networkClosed() : this.#inbox.add(message);
  }

  decide(message: IngressMessage, verdict: Reject | undefined): void {
    this.#inbox.decide(message, verdict);
  }

  /** Has the response in one of the next batches, in the first that can be kept. */
  answer(answer: OutcallAnswer): void {
    this.#answers.set(answer.id, answer);
  }

  /** Whether a response waits to be in a batch. */
  isAnswered(id: bigint): boolean {
    return this.#answers.has(id);
  }

  /** Asks for a batch even though nothing else does, as after the time was moved. */
  wake(): void {
    this.#isWoken = true;
  }

  /** Asks for a batch with every heartbeat. */
  tick(): void {
    this.#beats = true;
    this.#isWoken = true;
  }

  /** The next batch, which is kept; undefined where it cannot be, and then the messages in it are rejected. */
  take(): Batch | undefined {
    const { clock, random, canisters, rootHash, journal } = this.#options;
    const answers = firstThatFit(this.#answers.values(), ({ response }) =>
      response.kind === 'replied' ? responseBytes(response) : response.message.length,
    );
    const batch: Batch = {
      time: clock.now(),
      advanced: clock.advanced,
      seed: random(SEED_BYTES),
      beats: this.#beats,
      messages: this.#inbox.first(),
      answers,
      queryStats: journal === undefined ? [] : this.#queried.take(canisters),
    };
    if (journal?.append({ stateBefore: rootHash(), batch }) === false) {
      // Whose statistics were to be in it has to be looked for again.
      this.#queried = new QueriedCanisters();
      for (const message of batch.messages) this.#inbox.decide(message, notKept());
      return undefined;
    }
    for (const { id } of answers) this.#answers.delete(id);
    this.#beats = false;
    this.#isWoken = false;
    return batch;
  }

  /** Takes no message any more, and rejects those that wait. */
  close(): void {
    this.#closed = true;
    this.#inbox.decideAll(networkClosed());
  }
}
