import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ActorMethod } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { onTestFinished } from 'vitest';
import { type _SERVICE, type InitArgs, init } from '../../../src/candid/agent_service.did.ts';
import type { ExecutionReport } from '../../../src/replica/execution/world.ts';
import { CanisterIdArg, InstallCodeArg } from '../../../src/replica/management/types.ts';
import type { Outcome } from '../../../src/replica/messages/outcome.ts';
import type { Canister } from '../../../src/replica/state/canister.ts';
import type { StablePages } from '../../../src/replica/state/stable-pages.ts';
import { replyOf } from '../../../src/replica/testing/call-rejected.ts';
import {
  MemoryNetwork,
  type MemoryNetworkOptions,
  type NetworkSnapshot,
} from '../../../src/replica/testing.ts';
import { method } from './candid-interface.ts';
import { encodeStable, restoreStable } from './stable-image.ts';

/** Who calls in the tests. */
export const OWNER = principal(1);
export const AGENT = principal(2);
export const CONTROLLER = principal(3);
export const STRANGER = principal(4);
export const ANONYMOUS = Principal.anonymous();

/** When the tests' networks begin, ns since 1970. */
export const START = 1_800_000_000_000_000_000n;
export const SECOND = 1_000_000_000n;
export const HOUR = 3600n * SECOND;

type Service = {
  [M in keyof _SERVICE]: _SERVICE[M] extends ActorMethod<infer A, infer R> ? { args: A; result: R } : never;
};
export type MethodName = keyof _SERVICE;
export type Args<M extends MethodName> = Service[M]['args'];
export type Result<M extends MethodName> = Service[M]['result'];

export interface Sender {
  /** `AGENT` unless told. */
  readonly sender?: Principal | undefined;
}

export interface CanisterOptions {
  /** Who installs and controls it: `CONTROLLER` unless told. */
  readonly controller?: Principal;
  /** `OWNER` unless told. */
  readonly owner?: Principal;
  /** `AGENT` alone unless told. */
  readonly agents?: readonly Principal[];
  /** The bytes of the init argument, in the place of owner and agents. */
  readonly initArg?: Uint8Array;
  /** Without inspect_message, as it is for canisters that call. */
  readonly uninspected?: boolean;
  /** What it has to pay with; 10^18 unless told. */
  readonly cycles?: bigint;
  /** The network's time, ns: `START` unless told. */
  readonly time?: bigint;
  /** Another module than the built one. */
  readonly module?: Uint8Array;
  /** Told of each `ic0` call, once it is installed; why it traps, or undefined. */
  readonly onHostCall?: NonNullable<MemoryNetworkOptions['onHostCall']>;
}

/** What is said of a canister whose memory is limited; the rest of the settings stay. */
const LimitArg = IDL.Record({
  canister_id: IDL.Principal,
  settings: IDL.Record({ wasm_memory_limit: IDL.Opt(IDL.Nat) }),
  sender_canister_version: IDL.Opt(IDL.Nat64),
});

const WASM = resolve(import.meta.dirname, '../../../.azle/agent_service/agent_service.wasm.gz');
const CYCLES = 10n ** 18n;

let builtWasm: Uint8Array | undefined;

/** A network in which the canister was just installed. */
interface Installed {
  readonly snapshot: NetworkSnapshot;
  readonly id: Principal;
  readonly reports: readonly ExecutionReport[];
}

/** By how the canister was installed: an installation takes a second, and a copy of it next to nothing. */
const installed = new Map<string, Installed>();

async function installOnce({
  controller,
  time,
  module,
  arg,
  cycles,
}: {
  readonly cycles: bigint;
  readonly controller: Principal;
  readonly time: bigint;
  readonly module: Uint8Array;
  readonly arg: Uint8Array;
}): Promise<Installed> {
  const reports: ExecutionReport[] = [];
  const network = await MemoryNetwork.create({ time, onExecuted: (report) => void reports.push(report) });
  try {
    const id = await network.install({ module, arg, sender: controller, cycles });
    return { snapshot: network.snapshot(), id, reports };
  } finally {
    await network.dispose();
  }
}

/** The built canister in a network of its own, which is closed when the test ends. */
export async function setupCanister(options: CanisterOptions = {}): Promise<WasmCanister> {
  const canister = await WasmCanister.install(options);
  onTestFinished(() => canister.close());
  return canister;
}

interface WasmCanisterParts {
  readonly network: MemoryNetwork;
  readonly id: Principal;
  readonly controller: Principal;
  readonly module: Uint8Array;
  readonly executions: ExecutionReport[];
  readonly pace: Pace;
}

/** How fast the network executes; messages take no time where it is not said. */
interface Pace {
  instructionsPerSecond?: bigint;
}

/** The built canister, called by raw messages: no signatures, no HTTP, and a clock that the test moves. */
export class WasmCanister {
  readonly id: Principal;
  /** Every execution of the canister, the latest last. */
  readonly executions: ExecutionReport[];
  readonly #network: MemoryNetwork;
  readonly #controller: Principal;
  readonly #module: Uint8Array;
  readonly #pace: Pace;

  private constructor(parts: WasmCanisterParts) {
    this.id = parts.id;
    this.executions = parts.executions;
    this.#network = parts.network;
    this.#controller = parts.controller;
    this.#module = parts.module;
    this.#pace = parts.pace;
  }

  /** As `setupCanister`, for a canister that the caller closes. Rejects with `CallRejected` where the installation fails. */
  static async install(options: CanisterOptions = {}): Promise<WasmCanister> {
    const { controller = CONTROLLER, time = START, uninspected = false, cycles = CYCLES } = options;
    const given = options.module ?? readWasm();
    const module = uninspected ? withoutInspection(given) : given;
    const arg = options.initArg ?? initArgument(options);
    const hash = createHash('sha256').update(module).update(arg).digest('hex');
    const key = `${controller.toText()} ${time} ${cycles} ${hash}`;
    const { snapshot, id, reports } = await (installed.get(key) ??
      installOnce({ controller, time, module, arg, cycles }));
    installed.set(key, { snapshot, id, reports });
    const executions = [...reports];
    const pace: Pace = {};
    const network: MemoryNetwork = MemoryNetwork.restore(snapshot, {
      onExecuted(report) {
        executions.push(report);
        const { instructionsPerSecond } = pace;
        if (instructionsPerSecond !== undefined)
          void network.advanceTime((report.instructions * SECOND) / instructionsPerSecond);
      },
      ...(options.onHostCall && { onHostCall: options.onHostCall }),
    });
    return new WasmCanister({ network, id, controller, module, executions, pace });
  }

  /** The module of today's sources. */
  static built(): Uint8Array {
    return readWasm();
  }

  async close(): Promise<void> {
    await this.#network.dispose();
  }

  now(): bigint {
    return this.#network.now();
  }

  /** From now on the clock goes on by what messages take. */
  setPace(instructionsPerSecond: bigint): void {
    this.#pace.instructionsPerSecond = instructionsPerSecond;
  }

  /** Moves the clock, and lets the timers that are due run. */
  async advance(ns: bigint): Promise<void> {
    await this.#network.advanceTime(ns);
    // A timer that a timer set for now waits for the next look at what is due.
    for (let before = 0; before < this.executions.length; ) {
      before = this.executions.length;
      await this.#network.advanceTime(0n);
    }
  }

  /** An update call. Rejects with `CallRejected`. */
  async call<M extends MethodName>(name: M, args: Args<M>, { sender }: Sender = {}): Promise<Result<M>> {
    return decodeReply(name, await this.rawCall(name, encodeArgs(name, args), { sender }));
  }

  /** A query. Rejects with `CallRejected`. */
  async query<M extends MethodName>(name: M, args: Args<M>, { sender }: Sender = {}): Promise<Result<M>> {
    return decodeReply(name, await this.rawQuery(name, encodeArgs(name, args), { sender }));
  }

  /** An update call of these bytes. */
  async rawCall(name: string, arg: Uint8Array, { sender }: Sender = {}): Promise<Outcome> {
    return this.#send('call', name, arg, sender);
  }

  /** A query of these bytes. */
  async rawQuery(name: string, arg: Uint8Array, { sender }: Sender = {}): Promise<Outcome> {
    return this.#send('query', name, arg, sender);
  }

  /** A query or an update call of these bytes, as the interface has the method. */
  async rawSend(name: string, arg: Uint8Array, sender: Sender = {}): Promise<Outcome> {
    return isQuery(name) ? this.rawQuery(name, arg, sender) : this.rawCall(name, arg, sender);
  }

  /** Upgrades to the same code, unless told. Rejects with `CallRejected` where it fails. */
  async upgrade(arg: Uint8Array = encodeInit(undefined), module = this.#module): Promise<void> {
    const upgrade = { module, arg, mode: 'upgrade', sender: this.#controller } as const;
    await this.#network.installCode(this.id, upgrade);
  }

  /** Sets how many bytes of heap an update may leave; 0n is no limit. */
  async limitMemory(bytes: bigint): Promise<void> {
    const settings = { wasm_memory_limit: [bytes] };
    const change = { canister_id: this.id, settings, sender_canister_version: [] };
    await this.#manage('update_settings', IDL.encode([LimitArg], [change]));
  }

  async stop(): Promise<void> {
    await this.#manage('stop_canister', this.#idArg());
  }

  async start(): Promise<void> {
    await this.#manage('start_canister', this.#idArg());
  }

  /** The instructions of the latest execution of a method. */
  instructionsOf(name: MethodName): number {
    const latest = this.executions.findLast(({ methodName }) => methodName === name);
    if (latest === undefined) throw new Error(`${name} was not executed`);
    return Number(latest.instructions);
  }

  /** The instructions of the latest installation or upgrade, without pre_upgrade. */
  installationInstructions(): number {
    return Number(this.executions.findLast(({ entryPoint }) => entryPoint === 'I')?.instructions ?? 0n);
  }

  /** What it can pay with. */
  cycles(): bigint {
    return this.#canister.cycles;
  }

  /** Bytes of stable memory: what it has grown to, and what of it was written. */
  stableUse(): { readonly size: number; readonly written: number } {
    const { wasmPages, storedBytes } = this.#canister.stable;
    return { size: wasmPages * 65_536, written: storedBytes };
  }

  /** Stable memory, compressed. */
  stableImage(): Uint8Array {
    return encodeStable(this.#canister.stable);
  }

  /** Puts another stable memory in the place of this one, as if it had been there at an upgrade to today's code. */
  async upgradeFrom(image: Uint8Array): Promise<void> {
    await this.changeStable((stable) => restoreStable(stable, image));
  }

  /** Lets `change` write to stable memory, and upgrades to the same code, which then reads it anew. */
  async changeStable(change: (stable: StablePages) => void): Promise<void> {
    change(this.#canister.stable);
    // What is on the heap is about the memory that was there: it must not be written back.
    const mode = { upgrade: [{ skip_pre_upgrade: [true], wasm_memory_persistence: [] }] };
    const arg = encodeInit(undefined);
    const install = {
      mode,
      canister_id: this.id,
      wasm_module: this.#module,
      arg,
      sender_canister_version: [],
    };
    await this.#manage('install_code', IDL.encode([InstallCodeArg], [install]));
  }

  /** What stands in stable memory, as a digest. */
  stableDigest(): string {
    const hash = createHash('sha256').update(`${this.#canister.stable.wasmPages}`);
    for (const [index, page] of this.#pages()) hash.update(`${index}`).update(page);
    return hash.digest('hex');
  }

  /** How often a text stands in stable memory. */
  countInStable(text: string): number {
    const memory = Buffer.concat(this.#pages().map(([, page]) => page));
    let count = 0;
    for (let at = memory.indexOf(text); at >= 0; at = memory.indexOf(text, at + 1)) count++;
    return count;
  }

  /** Every match of a pattern in stable memory, whose bytes are taken for characters. */
  matchesInStable(pattern: RegExp): string[] {
    const memory = Buffer.concat(this.#pages().map(([, page]) => page));
    return memory.toString('latin1').match(pattern) ?? [];
  }

  /** The pages that exist, in their order. */
  #pages(): [number, Uint8Array][] {
    return [...this.#canister.stable.pages()].sort(([left], [right]) => left - right);
  }

  get #canister(): Canister {
    const canister = this.#network.network.subnet.canisters.get(this.id.toUint8Array());
    if (canister === undefined) throw new Error('the canister is gone');
    return canister;
  }

  async #send(kind: 'call' | 'query', method: string, arg: Uint8Array, sender = AGENT): Promise<Outcome> {
    return this.#network.send(kind, { canisterId: this.id, method, arg, sender });
  }

  #idArg(): Uint8Array {
    return IDL.encode([CanisterIdArg], [{ canister_id: this.id }]);
  }

  async #manage(method: string, arg: Uint8Array): Promise<void> {
    const canisterId = Principal.managementCanister();
    await this.#network.call({ canisterId, method, arg, sender: this.#controller });
  }
}

export function isQuery(name: string): boolean {
  return method(name).annotations.includes('query');
}

/** The arguments as @dfinity/candid encodes them by the interface. */
export function encodeArgs<M extends MethodName>(name: M, args: Args<M>): Uint8Array {
  return IDL.encode(method(name).argTypes, args);
}

/** The result in a reply; throws `CallRejected` for a reject. */
export function decodeReply<M extends MethodName>(name: M, outcome: Outcome): Result<M> {
  const { retTypes } = method(name);
  const [result] = IDL.decode(retTypes, replyOf(outcome));
  // The interface's types are generated from the same .did.
  return result;
}

/** The init argument; undefined is `null`. */
export function encodeInit(args: Partial<InitArgs> | undefined): Uint8Array {
  return IDL.encode(init({ IDL }), [args === undefined ? [] : [{ owner: [], agents: [], ...args }]]);
}

/** The value of an `Ok`; fails the test where it is an `Err`. */
export function ok<T>(result: { Ok: T } | { Err: unknown }): T {
  if ('Ok' in result) return result.Ok;
  throw new Error(`expected Ok, got Err ${JSON.stringify(result.Err)}`);
}

function initArgument({ owner = OWNER, agents = [AGENT] }: CanisterOptions): Uint8Array {
  return encodeInit({ owner: [owner], agents: [[...agents]] });
}

function readWasm(): Uint8Array {
  if (builtWasm !== undefined) return builtWasm;
  if (!existsSync(WASM)) {
    throw new Error('the canister is not built: run `npm run build:canister` before these tests');
  }
  builtWasm = new Uint8Array(readFileSync(WASM));
  return builtWasm;
}

/** The module with another name for inspect_message, so that nobody calls it. */
function withoutInspection(module: Uint8Array): Uint8Array {
  const bytes = gunzipSync(module);
  const name = 'canister_inspect_message';
  const at = bytes.indexOf(name);
  if (at < 0) throw new Error('the module exports no inspect_message');
  bytes.write('x', at);
  return gzipSync(bytes, { level: 1 });
}

/** A principal of a form that self-authenticating ones have. */
export function principal(seed: number): Principal {
  return Principal.fromUint8Array(Uint8Array.from([...new Uint8Array(28).fill(seed), 2]));
}
