import type { Rights } from '../../models/access/rights.ts';
import type { Limits } from '../../models/settings/limits.ts';
import type { Subject } from '../access/access.ts';
import type { Caller } from '../access/caller.ts';
import { type CallerKind, isUnknown } from '../access/caller.ts';
import { LIMITS } from './limits.ts';
import { type Rate, RateLimiter } from './rate-limiter.ts';

/** Where the calls of all unknown callers together are counted: what wallets ask before anybody signs, redeeming codes, and all else. */
export const SHARES = ['calls', 'consents', 'redemptions'] as const;
export type Share = (typeof SHARES)[number];

interface RatesOptions {
  /** The limits that hold for a caller. */
  readonly limitsOf: (principal: Uint8Array) => Limits;
  /** What holds for all unknown callers together, in each share. */
  readonly unknownCallers: () => Rate;
  /** How many user_ids unknown callers may begin. */
  readonly newUsers: () => Rate;
  /** Told of each refusal of a caller who is known, unless it is of a query; the subject is that of the call where it was known. */
  readonly onRefused: (caller: Caller, subject?: Subject) => void;
}

/** Instructions that are paid by the token of the call; what takes more takes a token more for each as many. */
const TOKEN_WORK = { known: 500_000_000, unknown: 25_000_000 } as const;

const NEW_USERS = new Uint8Array(0);
const SHARE_KEYS: Readonly<Record<Share, Uint8Array>> = {
  calls: Uint8Array.of(1),
  consents: Uint8Array.of(2),
  redemptions: Uint8Array.of(3),
};

/**
 * How often callers may call, and how often users may be called about. Known callers have a bucket each; all unknown ones share a few, since
 * anybody can have as many principals as they like, and push nobody else's bucket out. Refused calls leave nothing but the tokens that they took.
 */
export class Rates {
  readonly #options: RatesOptions;
  readonly #callers = new RateLimiter();
  readonly #users = new RateLimiter();
  readonly #unknown = new RateLimiter();
  /** Of unknown callers, whose many would push those of known ones out. */
  readonly #strangers = new RateLimiter();

  constructor(options: RatesOptions) {
    this.#options = options;
  }

  /** Counts an update towards its caller, and what an unknown one sends towards their share; throws RateLimited. The first step of every message. */
  admit(caller: Caller, kind: CallerKind, share: Share): void {
    if (isUnknown(kind)) {
      // Whoever has a code comes through, however many others guess: only what fails is counted, by `chargeFailure`.
      if (share !== 'redemptions') this.#takeShare(caller, share);
      this.#take(this.#strangers, caller.principal, this.#callerRate(caller), caller);
      return;
    }
    try {
      this.#take(this.#callers, caller.principal, this.#callerRate(caller), caller);
    } catch (error) {
      this.#tellRefused(caller);
      throw error;
    }
  }

  /** How long (ns) until `admit` takes a caller who is known; 0 where it does. */
  waitOf(caller: Caller): number {
    return this.#callers.waitOf(caller.principal, this.#callerRate(caller), caller.now);
  }

  /** Counts what an unknown caller failed at towards its share; throws RateLimited where there is none left, which is the answer then. */
  chargeFailure(caller: Caller, share: Share): void {
    if (share === 'redemptions')
      this.#take(this.#unknown, SHARE_KEYS[share], this.#options.unknownCallers(), caller);
  }

  /** Counts what a message took beyond what a token pays. */
  charge(caller: Caller, kind: CallerKind, share: Share, instructions: number): void {
    const unknown = isUnknown(kind);
    const tokens = Math.floor(instructions / (unknown ? TOKEN_WORK.unknown : TOKEN_WORK.known));
    if (tokens === 0) return;
    if (unknown) this.#unknown.charge(SHARE_KEYS[share], tokens, this.#options.unknownCallers(), caller.now);
    else this.#callers.charge(caller.principal, tokens, this.#callerRate(caller), caller.now);
  }

  /**
   * Counts the admitted update towards the user whose records it is about, by the limits of its caller; throws RateLimited. Agents of every user share
   * the user's bucket; any other agent, and the user, has one of its own, so that none keeps the others from the user.
   */
  admitFor(subject: Subject, rights: Rights, caller: Caller): void {
    const { user_burst: burst, user_per_minute: perMinute } = this.#options.limitsOf(caller.principal);
    const userId = subject.userId();
    // It is refused for its length later, and nothing of it is kept before.
    if (userId.length > LIMITS.userIdBytes) return;
    const isShared = rights.firstParty && !rights.owns;
    const key = isShared ? userId : joined(userId, caller.principal);
    try {
      this.#take(this.#users, key, { burst, perMinute }, caller);
    } catch (error) {
      this.#tellRefused(caller, subject);
      throw error;
    }
  }

  /** Counts a user_id of whom nothing was stored, which its owner begins without anybody's leave; throws RateLimited. */
  admitNewUser(caller: Caller): void {
    this.#take(this.#unknown, NEW_USERS, this.#options.newUsers(), caller);
  }

  #tellRefused(caller: Caller, subject?: Subject): void {
    if (caller.isQuery !== true) this.#options.onRefused(caller, subject);
  }

  #takeShare(caller: Caller, share: Share): void {
    this.#take(this.#unknown, SHARE_KEYS[share], this.#options.unknownCallers(), caller);
  }

  #callerRate({ principal }: Caller): Rate {
    const { caller_burst: burst, caller_per_minute: perMinute } = this.#options.limitsOf(principal);
    return { burst, perMinute };
  }

  #take(limiter: RateLimiter, key: Uint8Array, rate: Rate, caller: Caller): void {
    limiter.take(key, rate, caller.now);
  }
}

/** A separator that no UTF-8 has, and the principal. */
function joined(userId: Uint8Array, principal: Uint8Array): Uint8Array {
  const key = new Uint8Array(userId.length + 1 + principal.length);
  key.set(userId);
  key[userId.length] = 0xff;
  key.set(principal, userId.length + 1);
  return key;
}
