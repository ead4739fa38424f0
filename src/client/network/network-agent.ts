import {
  type ApiQueryResponse,
  HttpAgent,
  type HttpAgentOptions,
  type Identity,
  type QueryFields,
  type ReadStateOptions,
  type ReadStateResponse,
  type SubmitResponse,
} from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import { ClockError } from '../errors.ts';
import { clockErrorIn, suspectsClock } from './clock-suspicion.ts';
import { provenOffset, TOLERANCE_MS } from './proven-time.ts';
import { rememberingFetch } from './sent-requests.ts';
import { EXPIRY_MS, pausesWithin } from './time-limit.ts';

/** What the network takes, and what certificates may be old. */
const WINDOW_MS = 5 * 60 * 1000;
/** Within this time a clock is not asked for again. */
const FRESH_MS = 5000;
/** A difference that explains no refusal. */
const SAME_MS = 30_000;
const SUBNET = new TextEncoder().encode('subnet');

type CallOptions = Parameters<HttpAgent['call']>[1];
type SubnetKeys = Awaited<ReturnType<HttpAgent['fetchSubnetKeys']>>;

/**
 * Agent for a network whose clock may not be this machine's: where a call fails in a way that a wrong clock explains, the network's time
 * is taken (`provenOffset`) and the call is made once more by it. A call that was executed is not made again: the network turned it away
 * before. Rejects with a `ClockError` where the clocks differ and that did not help.
 */
export class NetworkAgent extends HttpAgent {
  /** Where the time is asked for: the canister that was called last. */
  #near: Principal | undefined;
  #syncing: Promise<void> | undefined;
  #syncedAt = Number.NEGATIVE_INFINITY;
  /** What `super.syncTime` took as the time is not what was proven. */
  #isInDoubt = false;
  readonly #prefetched = new Map<string, ReadStateResponse>();
  /** Ends the queries that are under way, when the clock turns out to be off: the agent would try each for seconds by the wrong time. */
  readonly #stops = new Set<() => void>();

  /**
   * Every request has an answer within `limitMs`, or fails. Rejects where `shouldFetchRootKey` is set and the key cannot be fetched.
   */
  static async connect(options: HttpAgentOptions, limitMs = EXPIRY_MS): Promise<NetworkAgent> {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- createSync's type is HttpAgent.
    const agent = new NetworkAgent({
      ...options,
      fetch: rememberingFetch(options.fetch ?? globalThis.fetch.bind(globalThis), limitMs),
      backoffStrategy: () => pausesWithin(limitMs),
    });
    if (options.shouldFetchRootKey === true && options.rootKey === undefined) await agent.fetchRootKey();
    return agent;
  }

  override async call(
    canisterId: Principal | string,
    options: CallOptions,
    identity?: Identity | Promise<Identity>,
  ): Promise<SubmitResponse> {
    const near = Principal.from(options.effectiveCanisterId ?? canisterId);
    return this.#inTime(near, () => super.call(canisterId, options, identity));
  }

  override async query(
    canisterId: Principal | string,
    fields: QueryFields,
    identity?: Identity | Promise<Identity>,
  ): Promise<ApiQueryResponse> {
    const near = Principal.from(fields.effectiveCanisterId ?? canisterId);
    return this.#inTime(near, () => this.#unlessSet(super.query(canisterId, fields, identity)));
  }

  override async readState(
    canisterId: Principal | string,
    fields: ReadStateOptions,
    identity?: Identity | Promise<Identity>,
    request?: unknown,
  ): Promise<ReadStateResponse> {
    const near = Principal.from(canisterId);
    const prefetched = isOfSubnet(fields) ? this.#prefetched.get(near.toText()) : undefined;
    if (prefetched !== undefined) return prefetched;
    // A request that is made already keeps its expiry.
    if (request !== undefined) return super.readState(canisterId, fields, identity, request);
    return this.#inTime(near, () => super.readState(canisterId, fields, identity));
  }

  /** As of the agent's, which takes a network that is not there or has another time for one without keys, and prints that. */
  override async fetchSubnetKeys(canisterId: Principal | string): Promise<SubnetKeys> {
    const near = Principal.from(canisterId);
    const answer = await this.readState(near, { paths: [[SUBNET]] });
    const off = this.parseTimeFromResponse(answer) - this.getTimeDiffMsecs() - Date.now();
    this.#near = near;
    if (Math.abs(off) > WINDOW_MS) await this.syncTime(near);
    this.#prefetched.set(near.toText(), answer);
    try {
      return await super.fetchSubnetKeys(near);
    } finally {
      this.#prefetched.delete(near.toText());
    }
  }

  /** Takes the network's time, once for all who ask at the same time. */
  override syncTime(canisterId?: Principal): Promise<void> {
    this.#syncing ??= this.#takeTime(this.#near ?? canisterId).finally(() => {
      this.#syncing = undefined;
    });
    return this.#syncing;
  }

  /** Whether it has just been synced: a clock can be set at any time, so that it is synced again later. */
  override hasSyncedTime(): boolean {
    return performance.now() - this.#syncedAt < FRESH_MS;
  }

  async #inTime<T>(near: Principal, work: () => Promise<T>): Promise<T> {
    this.#near = near;
    if (this.#isInDoubt) await this.syncTime(near);
    const before = this.getTimeDiffMsecs();
    try {
      return await work();
    } catch (error) {
      const known = clockErrorIn(error);
      if (known !== undefined) throw known;
      if (!(error instanceof ClockWasSet) && !suspectsClock(error)) throw error;
      await this.syncTime(near).catch((cause: unknown) => {
        const off = clockErrorIn(cause);
        throw off === undefined || Math.abs(off.aheadMs) < SAME_MS ? error : off;
      });
      if (Math.abs(this.getTimeDiffMsecs() - before) < SAME_MS) throw this.#told(error);
    }
    try {
      return await work();
    } catch (error) {
      throw suspectsClock(error) ? this.#told(error) : error;
    }
  }

  async #takeTime(canisterId: Principal | undefined): Promise<void> {
    if (this.hasSyncedTime()) return;
    if (canisterId === undefined) throw new TypeError('the time of a network is asked for at a canister');
    const { host, rootKey, config } = this;
    const before = this.getTimeDiffMsecs();
    const offset = await provenOffset(
      {
        host: host.toString(),
        ...(rootKey === null ? {} : { rootKey }),
        ...(config.fetch === undefined ? {} : { fetch: config.fetch }),
      },
      canisterId,
    );
    await super.syncTime(canisterId);
    this.#isInDoubt = Math.abs(this.getTimeDiffMsecs() - offset) > TOLERANCE_MS;
    if (this.#isInDoubt) throw new ClockError(offset, 'the network gives one time now, and another then');
    this.#syncedAt = performance.now();
    if (Math.abs(offset - before) >= SAME_MS) for (const stop of this.#stops) stop();
  }

  async #unlessSet<T>(work: Promise<T>): Promise<T> {
    let stop = (): void => undefined;
    const stopped = new Promise<never>((_resolve, reject) => {
      stop = () => reject(new ClockWasSet());
    });
    this.#stops.add(stop);
    try {
      return await Promise.race([work, stopped]);
    } finally {
      this.#stops.delete(stop);
    }
  }

  /** The error as one of the clock, where the clocks differ. */
  #told(error: unknown): unknown {
    const offset = this.getTimeDiffMsecs();
    return Math.abs(offset) < SAME_MS ? error : new ClockError(offset, undefined, { cause: error });
  }
}

/** A query is asked again by the right time. */
class ClockWasSet extends Error {}

function isOfSubnet({ paths }: ReadStateOptions): boolean {
  const [[label] = []] = paths;
  return (
    paths.length === 1 && label?.length === SUBNET.length && SUBNET.every((byte, i) => byte === label[i])
  );
}
