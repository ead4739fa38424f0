/** What one gateway does at a time, for one API key and for all together. Calls and streams of other keys are never what a key waits for. */
export interface GatewayLimits {
  /** Calls of one key that are under way; one more is refused. */
  readonly keyCalls: number;
  /** Calls of one key that begin in a minute, on average. */
  readonly keyCallsPerMinute: number;
  /** Calls of one key that may begin at once after a quiet time. */
  readonly keyBurst: number;
  /** Event streams of one key. */
  readonly keyStreams: number;
  /** Different filters of the event streams of one key: each is asked for once a second. */
  readonly keyFeeds: number;
  /** Open connections of one key: the longest idle one is closed for one more. */
  readonly keyConnections: number;
  /** Calls that are under way. */
  readonly totalCalls: number;
  /** Event streams. */
  readonly totalStreams: number;
  /** Open connections from one address that have not shown a valid key: the oldest is closed for one more. */
  readonly addressConnections: number;
  /** Open connections. */
  readonly totalConnections: number;
  /** Seconds for the head of a request to arrive. */
  readonly headSeconds: number;
  /** Seconds for a whole request to arrive. */
  readonly requestSeconds: number;
  /** Seconds that the service may take for an answer. */
  readonly callSeconds: number;
  /** Seconds after which a stream is closed whose reader takes nothing. */
  readonly stallSeconds: number;
}

/** What a key may do agrees with the service's own default rates: 200 at once, 1,200 a minute. */
export const DEFAULT_LIMITS: GatewayLimits = {
  keyCalls: 16,
  keyCallsPerMinute: 1200,
  keyBurst: 200,
  keyStreams: 20,
  keyFeeds: 8,
  keyConnections: 64,
  totalCalls: 256,
  totalStreams: 1000,
  addressConnections: 128,
  totalConnections: 4096,
  headSeconds: 10,
  requestSeconds: 20,
  callSeconds: 60,
  stallSeconds: 30,
};

/** What one key may take, and the total that it has to stay below, so that there is always something left for another. */
const SHARES = [
  ['keyCalls', 'totalCalls'],
  ['keyStreams', 'totalStreams'],
  ['keyConnections', 'totalConnections'],
  ['addressConnections', 'totalConnections'],
] as const satisfies readonly (readonly [keyof GatewayLimits, keyof GatewayLimits])[];

/** The default limits with those that are given. Throws a RangeError that names a limit which is no whole number from 1, or a share that is a total. */
export function limitsWith(given: Partial<GatewayLimits> = {}): GatewayLimits {
  const limits = { ...DEFAULT_LIMITS, ...given };
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`${name}: ${value} is not a whole number from 1`);
    }
  }
  for (const [share, total] of SHARES) {
    if (limits[share] >= limits[total]) {
      throw new RangeError(
        `${share}: ${limits[share]} is too many, since ${total} is ${limits[total]}. One may not take all: use less than ${limits[total]}.`,
      );
    }
  }
  return limits;
}
