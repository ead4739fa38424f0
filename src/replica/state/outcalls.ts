import type { CallOrigin } from './call-context.ts';

/** A header of an HTTP request or response. */
export interface HttpHeader {
  readonly name: string;
  readonly value: string;
}

/** What an HTTP outcall asks for. */
export interface OutcallRequest {
  readonly url: string;
  readonly method: 'get' | 'head' | 'post' | 'put' | 'delete' | 'patch';
  readonly headers: readonly HttpHeader[];
  readonly body: Uint8Array;
  /** The most bytes that the response may have; what the canister named, and pays for. */
  readonly maxResponseBytes: bigint;
}

/** An HTTP outcall that waits for its response ("IC method http_request"). Plain data, so that it can be saved. */
export interface Outcall {
  /** Unique in the subnet. */
  readonly id: bigint;
  readonly origin: CallOrigin & { readonly kind: 'canister' };
  readonly request: OutcallRequest;
  /** A query of the calling canister that the response goes through, and what it is told beside the response. */
  readonly transform: { readonly methodName: string; readonly context: Uint8Array } | undefined;
  /** Cycles that go back with the response. */
  readonly refund: bigint;
  /** That the refund pays for what the response used (pricing version 2), and when it was asked for, in ns since 1970. */
  readonly payAsUsed?: { readonly asked: bigint; readonly isReplicated: boolean };
  /** When it is given up, in ns since 1970. */
  readonly deadline: bigint;
}

/** The pending outcalls as plain data. */
export interface OutcallsImage {
  readonly pending: readonly Outcall[];
  readonly nextId: bigint;
}

/** The HTTP outcalls of a subnet that wait for their responses, in the order in which they were made. */
export class Outcalls {
  readonly #pending: Map<bigint, Outcall>;
  #nextId: bigint;

  constructor({ pending, nextId }: OutcallsImage = { pending: [], nextId: 0n }) {
    this.#pending = new Map(pending.map((outcall) => [outcall.id, outcall]));
    this.#nextId = nextId;
  }

  add(outcall: Omit<Outcall, 'id'>): void {
    const id = this.#nextId++;
    this.#pending.set(id, { id, ...outcall });
  }

  /** Takes one out, to be answered; undefined where there is none of that id. */
  take(id: bigint): Outcall | undefined {
    const outcall = this.#pending.get(id);
    this.#pending.delete(id);
    return outcall;
  }

  /** When the first is given up, in ns since 1970; undefined if there is none. */
  get nextDeadline(): bigint | undefined {
    // All wait equally long, so the first that was made is the first to be given up.
    return this.#pending.values().next().value?.deadline;
  }

  /** In the order in which they were made. */
  get pending(): readonly Outcall[] {
    return [...this.#pending.values()];
  }

  image(): OutcallsImage {
    return { pending: this.pending, nextId: this.#nextId };
  }
}
