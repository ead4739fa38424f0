import { decodeLatin1 } from '../../codec/index.ts';
import { Refusal } from '../../models/agent-error.ts';
import { LIMITS, LINK_CODE_NS } from '../../policy/limits/limits.ts';

/** How many callers are remembered. Whoever has many principals can push others out: it is the code's length that makes guessing hopeless. */
const CALLERS = 1000;

interface Tries {
  wrong: number;
  /** When the count begins anew, ns. */
  readonly until: bigint;
}

/** The wrong link codes of each caller. It lives on the heap: an upgrade forgets them. */
export class RedemptionTries {
  readonly #tries = new Map<string, Tries>();

  /** Refuses, with RateLimited, a caller who was wrong too often within the life of a code. */
  check(principal: Uint8Array, now: bigint): void {
    const tries = this.#current(principal, now);
    if (tries !== undefined && tries.wrong >= LIMITS.linkCodeTries) {
      throw new Refusal({ kind: 'RateLimited', retryAfterNs: tries.until - now });
    }
  }

  noteWrong(principal: Uint8Array, now: bigint): void {
    const tries = this.#current(principal, now);
    if (tries !== undefined) {
      tries.wrong += 1;
      return;
    }
    const key = decodeLatin1(principal);
    this.#tries.delete(key);
    const [oldest] = this.#tries.keys();
    if (oldest !== undefined && this.#tries.size >= CALLERS) this.#tries.delete(oldest);
    this.#tries.set(key, { wrong: 1, until: now + LINK_CODE_NS });
  }

  #current(principal: Uint8Array, now: bigint): Tries | undefined {
    const tries = this.#tries.get(decodeLatin1(principal));
    return tries !== undefined && tries.until > now ? tries : undefined;
  }
}
