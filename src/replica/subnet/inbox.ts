import { toHex } from '../codec/bytes.ts';
import type { IngressMessage } from '../messages/message.ts';
import type { Reject } from '../messages/outcome.ts';
import { firstThatFit } from './first-that-fit.ts';

interface Waiting {
  readonly message: IngressMessage;
  readonly verdict: Promise<Reject | undefined>;
  readonly decide: (verdict: Reject | undefined) => void;
}

/** Ingress messages that wait to be part of a batch. Their senders learn nothing before they are in the journal. */
export class Inbox {
  readonly #waiting = new Map<string, Waiting>();

  get size(): number {
    return this.#waiting.size;
  }

  /** Resolves once it is decided on the message: with undefined when it was taken. One that waits already waits once. */
  async add(message: IngressMessage): Promise<Reject | undefined> {
    const key = toHex(message.requestId);
    const known = this.#waiting.get(key);
    if (known !== undefined) return known.verdict;
    let decide: Waiting['decide'] = () => undefined;
    const verdict = new Promise<Reject | undefined>((resolve) => {
      decide = resolve;
    });
    this.#waiting.set(key, { message, verdict, decide });
    return verdict;
  }

  /** The messages that came first, as many as fit, which go on waiting until they are decided on. */
  first(): readonly IngressMessage[] {
    const messages = Array.from(this.#waiting.values(), ({ message }) => message);
    return firstThatFit(messages, ({ arg }) => arg.length);
  }

  decide({ requestId }: IngressMessage, verdict: Reject | undefined): void {
    const key = toHex(requestId);
    this.#waiting.get(key)?.decide(verdict);
    this.#waiting.delete(key);
  }

  /** Decides on all that wait. */
  decideAll(verdict: Reject | undefined): void {
    for (const { decide } of this.#waiting.values()) decide(verdict);
    this.#waiting.clear();
  }
}
