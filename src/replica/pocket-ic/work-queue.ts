import { within } from '../http/within.ts';

/** An operation that a client may ask for later. */
export interface StartedOperation {
  readonly state_label: string;
  readonly op_id: string;
}

/** How an operation ended: with an answer, or with what it threw. */
export type Ending<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What came of an attempt to run an operation within the time that the client waits. */
export type Attempt<T> =
  | Ending<T>
  /** It goes on, and its end can be asked for. */
  | { readonly kind: 'started'; readonly operation: StartedOperation }
  /** Another one ran all that time; nothing was done. */
  | { readonly kind: 'busy'; readonly operation: StartedOperation };

interface Running<T> {
  readonly operation: StartedOperation;
  readonly end: Promise<Ending<T>>;
}

/**
 * Runs the operations of an instance one at a time. A client that waits no longer is told to come back for the end of its own
 * operation, or to try again where another one holds the instance.
 */
export class WorkQueue<T> {
  readonly #label: string;
  readonly #ends = new Map<string, Ending<T> | undefined>();
  #running: Running<T> | undefined;
  #count = 0;

  /** The label tells the operations of this instance from those of others. */
  constructor(label: string) {
    this.#label = label;
  }

  /** Runs it when the instance is free; waits for that and for its end `timeoutMs` in all. */
  async run(work: () => T | Promise<T>, timeoutMs: number): Promise<Attempt<T>> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const running = this.#running;
      if (running === undefined) break;
      if ((await within(running.end, deadline - performance.now())) === undefined) {
        return { kind: 'busy', operation: running.operation };
      }
    }
    const operation = { state_label: this.#label, op_id: `op-${this.#count++}` };
    const end = this.#start(operation, work);
    const ending = await within(end, deadline - performance.now());
    if (ending !== undefined) return ending;
    this.#ends.set(operation.op_id, undefined);
    void end.then((late) => this.#keep(operation, late));
    return { kind: 'started', operation };
  }

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** The end of an operation that was answered as started; undefined while it goes on, and for an unknown one. */
  endOf(operationId: string): Ending<T> | undefined {
    return this.#ends.get(operationId);
  }

  /** Forgets the end of an operation. */
  forget(operationId: string): void {
    this.#ends.delete(operationId);
  }

  #start(operation: StartedOperation, work: () => T | Promise<T>): Promise<Ending<T>> {
    const end = settle(work);
    this.#running = { operation, end };
    void end.then(() => {
      this.#running = undefined;
    });
    return end;
  }

  #keep({ op_id }: StartedOperation, ending: Ending<T>): void {
    if (this.#ends.has(op_id)) this.#ends.set(op_id, ending);
  }
}

async function settle<T>(work: () => T | Promise<T>): Promise<Ending<T>> {
  try {
    return { kind: 'answered', answer: await work() };
  } catch (error) {
    return { kind: 'failed', error };
  }
}
