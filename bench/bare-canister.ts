import { defaultSettings } from '../src/replica/state/canister-settings.ts';
import { StableMemory } from '../src/replica/state/stable-memory.ts';
import { StablePages } from '../src/replica/state/stable-pages.ts';
import type { EntryPoint } from '../src/replica/system-api/entry-point.ts';
import {
  ExecutionState,
  type GuestMemory,
  type RunningInstance,
} from '../src/replica/system-api/execution-state.ts';
import { hostImports } from '../src/replica/system-api/host-imports.ts';
import { SubnetCosts } from '../src/replica/system-api/subnet-costs.ts';
import { functionExport, memoryExport } from '../src/replica/wasm/instance-exports.ts';
import { InstanceVariables } from '../src/replica/wasm/instance-variables.ts';
import { prepareModule } from '../src/replica/wasm/prepare-module.ts';

const COSTS = new SubnetCosts({ responseInstructions: 40_000_000_000n });

const PLENTY = 10n ** 15n;

export interface BareCanisterOptions {
  /** The canister's Wasm. */
  readonly module: Uint8Array;
  /** The canister's own principal. */
  readonly id: Uint8Array;
  /** Who sends every message. */
  readonly caller: Uint8Array;
  /** ns since 1970. */
  readonly time: bigint;
  /** How much later each message is than the one before, ns. */
  readonly step: bigint;
  /** What it works on; an empty one unless told. */
  readonly stable?: StablePages;
  /** As it was uploaded (unless told); metered, with host functions that charge nothing; or metered as a network runs it. */
  readonly metering?: Metering;
}

export const METERINGS = ['bare', 'metered Wasm', 'metered'] as const;
export type Metering = (typeof METERINGS)[number];

/**
 * A module with the host functions and nothing else: no metering unless told, no way back after a trap, no certificates. The time that a
 * message takes here is its code's own.
 */
export class BareCanister {
  readonly #options: BareCanisterOptions;
  readonly #stable: StablePages;
  readonly #instance: WebAssembly.Instance;
  readonly #running: RunningInstance;
  readonly #variables: InstanceVariables | undefined;
  #state: ExecutionState | undefined;
  #time: bigint;

  constructor(options: BareCanisterOptions) {
    this.#options = options;
    this.#stable = options.stable ?? new StablePages();
    this.#time = options.time;
    const prepared = prepareModule(options.module);
    const imports = hostImports(prepared, () => {
      if (this.#state === undefined) throw new Error('nothing runs');
      return this.#state;
    });
    const metering = options.metering ?? 'bare';
    const module =
      metering === 'bare' ? new WebAssembly.Module(new Uint8Array(options.module)) : prepared.module;
    this.#instance = new WebAssembly.Instance(module, { ic0: imports });
    this.#variables = metering === 'bare' ? undefined : new InstanceVariables(prepared, this.#instance);
    this.#running = {
      memory: this.#variables?.memory ?? bareMemory(this.#instance),
      memory64: false,
      instructionsLeft: PLENTY,
      charge: (instructions) => {
        if (metering === 'metered') this.#variables?.charge(instructions);
      },
    };
  }

  /** ns since 1970, of the message before. */
  get time(): bigint {
    return this.#time;
  }

  /** Runs an exported function as this kind of message; returns what it replies with. Throws where it traps or rejects. */
  run(entryPoint: EntryPoint, name: string, arg: Uint8Array): Uint8Array {
    const stable = new StableMemory(this.#stable);
    const { id, caller, step } = this.#options;
    if (this.#variables !== undefined) this.#variables.instructionsLeft = PLENTY;
    this.#time += step;
    const state = new ExecutionState({
      entryPoint,
      input: { caller, arg, methodName: name },
      canister: {
        id,
        settings: defaultSettings([caller]),
        runState: 'running',
        version: 1n,
        frozenCycles: 0n,
        outstandingCallsTo: () => 0,
      },
      network: { subnetId: id, rootKey: id, time: this.#time, costs: COSTS },
      instance: this.#running,
      stable,
      instructionLimit: PLENTY,
      cycles: PLENTY,
      cyclesAvailable: 0n,
      responded: false,
      earlierInstructions: 0n,
      globalTimer: 0n,
    });
    this.#state = state;
    functionExport(this.#instance.exports, name)();
    stable.commit();
    const { response } = state;
    if (response?.kind === 'reject') throw new Error(`${name} was rejected: ${response.message}`);
    return response?.data ?? new Uint8Array();
  }
}

function bareMemory({ exports }: WebAssembly.Instance): GuestMemory {
  const memory = memoryExport(exports, 'memory');
  return {
    get bytes() {
      return new Uint8Array(memory.buffer);
    },
    mark: () => undefined,
  };
}
