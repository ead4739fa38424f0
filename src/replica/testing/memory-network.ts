import { randomBytes } from 'node:crypto';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import type { ExecutionReport } from '../execution/world.ts';
import { CanisterIdResult, InstallCodeArg } from '../management/types.ts';
import type { Outcome } from '../messages/outcome.ts';
import { Network, type NetworkSnapshot } from '../network.ts';
import type { HostCallObserver } from '../system-api/execution-state.ts';
import { replyOf } from './call-rejected.ts';
import { type CanisterActor, createActor } from './canister-actor.ts';

/** How a network begins. */
export interface MemoryNetworkOptions {
  /** ns since 1970; 1 January 2026 unless told. */
  readonly time?: bigint;
  /** Told of every execution: its instructions and cycles. */
  readonly onExecuted?: (report: ExecutionReport) => void;
  /** Told of each call of an `ic0` function before it does anything; what it returns is why the call traps, undefined lets it be. */
  readonly onHostCall?: HostCallObserver;
}

/** Who sends a message: the anonymous principal unless told. */
export interface Sender {
  readonly sender?: Principal | undefined;
}

/** A canister that is to be made. */
export interface CreateOptions extends Sender {
  /** Its balance at first; 10^15 unless told. */
  readonly cycles?: bigint;
  /** The sender alone unless told. */
  readonly controllers?: readonly Principal[];
}

/** Code that is to be installed. */
export interface InstallOptions extends Sender {
  /** A Wasm module, compressed by gzip or not. */
  readonly module: Uint8Array;
  /** The encoded argument; no bytes unless told. */
  readonly arg?: Uint8Array;
}

/** A call or query. */
export interface MessageOptions extends Sender {
  readonly canisterId: Principal;
  readonly method: string;
  /** The encoded arguments; no bytes unless told. */
  readonly arg?: Uint8Array;
}

/** What is said of a new canister; the rest of the method's argument can be left out. */
const CreateArg = IDL.Record({
  amount: IDL.Opt(IDL.Nat),
  settings: IDL.Opt(IDL.Record({ controllers: IDL.Opt(IDL.Vec(IDL.Principal)) })),
});
const DEFAULT_TIME = 1_767_225_600_000_000_000n;
const DEFAULT_CYCLES = 1_000_000_000_000_000n;
const MESSAGE_LIFE_NS = 300_000_000_000n;
const MANAGEMENT_CANISTER = Principal.managementCanister();

/**
 * A local Internet Computer in memory, for tests of canisters: no process, no port, no signatures. Whoever a message names is
 * its sender. The time stands still until it is advanced; everything else runs by itself.
 */
export class MemoryNetwork {
  /** The network itself, for all that is not here. */
  readonly network: Network;
  readonly #options: MemoryNetworkOptions;

  private constructor(network: Network, options: MemoryNetworkOptions) {
    this.network = network;
    this.#options = options;
  }

  /** Makes a network without canisters. */
  static async create(options: MemoryNetworkOptions = {}): Promise<MemoryNetwork> {
    const { time = DEFAULT_TIME, ...observers } = options;
    return new MemoryNetwork(await Network.open({ manualTime: time, ...observers }), options);
  }

  /** Makes a network that goes on from a snapshot, any number of them, each by itself. */
  static restore(snapshot: NetworkSnapshot, options: Omit<MemoryNetworkOptions, 'time'> = {}): MemoryNetwork {
    return new MemoryNetwork(Network.restore(snapshot, options), options);
  }

  /** ns since 1970. */
  now(): bigint {
    return this.network.now();
  }

  /** Moves the time ahead by so many ns; resolves when what is due by then has run. */
  async advanceTime(ns: bigint): Promise<void> {
    await this.network.advanceTime(ns);
  }

  /** Lets what is due run, and every heartbeat; resolves when nothing waits to be executed. */
  async tick(): Promise<void> {
    await this.network.subnet.tick();
  }

  /** Creates a canister without code. */
  async create(options: CreateOptions = {}): Promise<Principal> {
    const { sender, cycles = DEFAULT_CYCLES, controllers } = options;
    const settings = { controllers: controllers === undefined ? [] : [controllers] };
    const reply = await this.#manage('provisional_create_canister_with_cycles', {
      type: CreateArg,
      value: { amount: [cycles], settings: [settings] },
      sender,
    });
    const [result]: unknown[] = IDL.decode([CanisterIdResult], reply);
    if (typeof result === 'object' && result !== null && 'canister_id' in result) {
      if (Principal.isPrincipal(result.canister_id)) return result.canister_id;
    }
    throw new TypeError('the management canister answered without a canister id');
  }

  /** Creates a canister with code. Rejects with a CallRejected where its installation fails. */
  async install({ module, arg, ...create }: InstallOptions & CreateOptions): Promise<Principal> {
    const canisterId = await this.create(create);
    await this.installCode(canisterId, { module, sender: create.sender, ...(arg && { arg }) });
    return canisterId;
  }

  /** Puts code into an empty canister, or code of its own in the place of the code it has, with nothing kept or all. */
  async installCode(
    canisterId: Principal,
    options: InstallOptions & { readonly mode?: 'install' | 'reinstall' | 'upgrade' },
  ): Promise<void> {
    const { module, arg = new Uint8Array(), mode = 'install', sender } = options;
    const value = {
      mode: { [mode]: mode === 'upgrade' ? [] : null },
      canister_id: canisterId,
      wasm_module: module,
      arg,
      sender_canister_version: [],
    };
    await this.#manage('install_code', { type: InstallCodeArg, value, sender });
  }

  /** The reply of an update. Rejects with a CallRejected. */
  async call(message: MessageOptions): Promise<Uint8Array> {
    return replyOf(await this.send('call', message));
  }

  /** The reply of a query, of which nothing is kept. Rejects with a CallRejected. */
  async query(message: MessageOptions): Promise<Uint8Array> {
    return replyOf(await this.send('query', message));
  }

  /** What comes of an update or a query: a reply, or a reject. */
  async send(kind: 'call' | 'query', options: MessageOptions): Promise<Outcome> {
    const { subnet } = this.network;
    const { sender = Principal.anonymous(), method, arg = new Uint8Array() } = options;
    const canisterId = options.canisterId.toUint8Array();
    const message = { sender: sender.toUint8Array(), canisterId, methodName: method, arg };
    if (kind === 'query') return subnet.query(message);
    const requestId = new Uint8Array(randomBytes(32));
    const ingressExpiry = this.now() + MESSAGE_LIFE_NS;
    const reject = await subnet.submit({
      ...message,
      requestId,
      ingressExpiry,
      effectiveCanisterId: canisterId,
    });
    return reject === undefined ? subnet.outcome(requestId) : { kind: 'rejected', reject };
  }

  /** A canister's methods as functions, from the factory and the type that bindings have of its interface. */
  actor<Service>(
    canisterId: Principal,
    interfaceOf: IDL.InterfaceFactory,
    { sender }: Sender = {},
  ): CanisterActor<Service> {
    return createActor(interfaceOf, (kind, method, arg) => this[kind]({ canisterId, method, arg, sender }));
  }

  /** What the network is now, to be restored as often as one likes. Heaps and stable memory are shared until they change. */
  snapshot(): NetworkSnapshot {
    return this.network.snapshot();
  }

  /** Another network that is what this one is now; from then on each goes its own way. */
  fork(): MemoryNetwork {
    return MemoryNetwork.restore(this.snapshot(), this.#options);
  }

  /** Ends it; nothing is executed any more. */
  async dispose(): Promise<void> {
    await this.network.close();
  }

  async #manage(
    method: string,
    { type, value, sender }: Sender & { readonly type: IDL.Type; readonly value: unknown },
  ): Promise<Uint8Array> {
    const arg = new Uint8Array(IDL.encode([type], [value]));
    return this.call({ canisterId: MANAGEMENT_CANISTER, method, arg, sender });
  }
}
