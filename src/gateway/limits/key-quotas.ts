import { ProblemError } from '../problems/problem.ts';
import type { GatewayLimits } from './gateway-limits.ts';
import { Pace } from './pace.ts';
import { Slots } from './slots.ts';
import { TokenBuckets } from './token-buckets.ts';

/** About twice as long as the gateway itself works for a call, in ms. */
const CALL_EVERY_MS = 15;
const NS_PER_MS = 1_000_000;
/** A slot is given back when another call ends, which nobody knows beforehand. */
const SLOT_WAIT_NS = '1000000000';

/** Gives back what was taken. */
export type Release = () => void;

/** What API keys take of a gateway. What one may not have is refused with 429 and the name of the limit; what nobody may, with 503. */
export class KeyQuotas {
  readonly #limits: GatewayLimits;
  readonly #calls: Slots;
  readonly #rates: TokenBuckets;
  readonly #streams: Slots;
  readonly #paces = new Map<string, Pace>();

  constructor(limits: GatewayLimits) {
    this.#limits = limits;
    this.#calls = new Slots({ each: limits.keyCalls, total: limits.totalCalls });
    this.#rates = new TokenBuckets({ burst: limits.keyBurst, perMinute: limits.keyCallsPerMinute });
    this.#streams = new Slots({ each: limits.keyStreams, total: limits.totalStreams });
  }

  /** Begins a call of a key. */
  beginCall(keyId: string): Release {
    const release = this.#calls.take(keyId);
    if (release === 'each') throw rateLimited('calls_at_once', this.#limits.keyCalls, SLOT_WAIT_NS);
    if (release === 'total') {
      throw new ProblemError('TemporarilyUnavailable', 'the gateway is at its limit of concurrent calls');
    }
    try {
      this.takeCalls(keyId, 1);
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  /** Resolves when the next call of a key may do its work: those that come at once do it one soon after the other, so that others are in between. */
  async turn(keyId: string): Promise<void> {
    const pace = this.#paces.get(keyId) ?? new Pace(CALL_EVERY_MS);
    this.#paces.set(keyId, pace);
    await pace.turn();
  }

  /** Counts calls that come with one that began. */
  takeCalls(keyId: string, calls: number): void {
    const wait = this.#rates.take(keyId, calls);
    if (wait === 0) return;
    const ns = String(Math.ceil(wait * NS_PER_MS));
    throw rateLimited('calls_per_minute', this.#limits.keyCallsPerMinute, ns);
  }

  /** What a key is refused with whose connections are all busy. */
  tooManyConnections(): ProblemError {
    return rateLimited('connections', this.#limits.keyConnections, SLOT_WAIT_NS);
  }

  /** Begins an event stream of a key. */
  beginStream(keyId: string): Release {
    const release = this.#streams.take(keyId);
    if (release === 'each') throw tooManyStreams('streams', this.#limits.keyStreams);
    if (release === 'total') {
      throw new ProblemError('TemporarilyUnavailable', 'the gateway is at its limit of event streams');
    }
    return release;
  }
}

/** A key has as many event streams, or as many different ones, as it may have. */
export function tooManyStreams(resource: 'streams' | 'feeds', limit: number): ProblemError {
  const what = resource === 'streams' ? 'event streams' : 'different event filters';
  return new ProblemError(
    'TooManyStreams',
    `an API key may have ${limit} ${what} open. Close one, then open another.`,
    { resource, limit: String(limit) },
  );
}

const RATES = {
  calls_at_once: 'calls under way at a time',
  calls_per_minute: 'calls a minute',
  connections: 'busy connections',
} as const;

function rateLimited(resource: keyof typeof RATES, limit: number, retry_after_ns: string): ProblemError {
  return new ProblemError(
    'RateLimited',
    `an API key may have ${limit} ${RATES[resource]}. Send the call again later.`,
    {
      resource,
      limit: String(limit),
      retry_after_ns,
    },
  );
}
