import type { Canister } from '../state/canister.ts';
import type { InstalledCode } from '../state/installed-code.ts';
import { StableMemory } from '../state/stable-memory.ts';
import type { Reject } from '../subnet/subnet.ts';
import { executionFee } from '../system-api/cycle-costs.ts';
import { ExecutionState, type MessageInput } from '../system-api/execution-state.ts';
import type { Trap } from '../system-api/trap.ts';
import { ModuleError } from '../wasm/module-error.ts';
import type { PreparedModule } from '../wasm/prepared-module.ts';
import { CanisterInstance } from './canister-instance.ts';
import { INSTRUCTION_LIMITS } from './limits.ts';
import { alreadyInstalled, invalidModule, noModule, outOfCycles, trapReject } from './rejects.ts';
import { keepLog } from './run-message.ts';
import { canisterFacts, type ExecutionWorld, networkFacts } from './world.ts';

/** How code replaces what is there ("IC method install_code"). */
export type InstallMode =
  | { readonly kind: 'install' }
  | { readonly kind: 'reinstall' }
  | { readonly kind: 'upgrade'; readonly skipPreUpgrade: boolean; readonly keepHeap: boolean };

/** Code to install, and on whose behalf. */
export interface Installation {
  readonly mode: InstallMode;
  readonly upload: Uint8Array;
  readonly arg: Uint8Array;
  readonly sender: Uint8Array;
}

/**
 * Installs code in a canister, all or nothing: when the module is refused, or pre_upgrade, the start function, init or
 * post_upgrade traps, the canister stays as it was. Returns why it failed, undefined when it did not.
 */
export function installCode(
  world: ExecutionWorld,
  canister: Canister,
  installation: Installation,
): Reject | undefined {
  const { mode, upload } = installation;
  if (mode.kind === 'install' && canister.code !== undefined) return alreadyInstalled(canister.id);
  if (mode.kind === 'upgrade' && canister.code === undefined) return noModule(canister.id);
  const reserve = executionFee(INSTRUCTION_LIMITS.I);
  if (canister.cycles < reserve) return outOfCycles(canister.id, reserve - canister.cycles);
  try {
    return new InstallationRun(world, canister, installation, world.instances.prepare(upload)).run();
  } catch (error) {
    if (error instanceof ModuleError) return invalidModule(canister.id, error.message);
    throw error;
  }
}

/** The steps of one installation; they share the stable memory, and are committed or dropped together. */
class InstallationRun {
  readonly #world: ExecutionWorld;
  readonly #canister: Canister;
  readonly #installation: Installation;
  readonly #module: PreparedModule;
  readonly #stable: StableMemory;
  #instructions = 0n;
  #cycles: bigint;
  #certifiedData: Uint8Array;
  #globalTimer = 0n;

  constructor(world: ExecutionWorld, canister: Canister, installation: Installation, module: PreparedModule) {
    this.#world = world;
    this.#canister = canister;
    this.#installation = installation;
    this.#module = module;
    this.#stable = new StableMemory(canister.stable);
    this.#cycles = canister.cycles;
    this.#certifiedData = canister.certifiedData;
  }

  run(): Reject | undefined {
    const { mode, sender, arg } = this.#installation;
    const { code } = this.#canister;
    if (code !== undefined && mode.kind === 'upgrade' && !mode.skipPreUpgrade) {
      const reject = this.#preUpgrade(code, sender);
      if (reject !== undefined) return this.#charge(reject);
    }
    if (mode.kind !== 'upgrade') {
      this.#stable.clear();
      this.#certifiedData = new Uint8Array();
    }
    // Timers do not outlive the code that set them.
    this.#globalTimer = 0n;
    const instance = new CanisterInstance(this.#module);
    if (code !== undefined && mode.kind === 'upgrade' && mode.keepHeap && !instance.loadHeap(code.heap)) {
      return this.#charge(invalidModule(this.#canister.id, 'its memory is larger than the one to keep'));
    }
    const reject = this.#startUp(instance, sender, arg);
    if (reject !== undefined) return this.#charge(reject);
    this.#commit(instance);
    return this.#charge(undefined);
  }

  #preUpgrade(code: InstalledCode, sender: Uint8Array): Reject | undefined {
    const { instances } = this.#world;
    if (!instances.moduleOf(code).exports.hasPreUpgrade) return undefined;
    const instance = instances.of(code);
    const reject = this.#execute('G', { caller: sender }, instance, (state) =>
      instance.runExport(state, 'canister_pre_upgrade'),
    );
    // Its heap is needed no more, or has to be as before; either way nothing of it is kept.
    instances.rollBack(code);
    return reject;
  }

  #startUp(instance: CanisterInstance, caller: Uint8Array, arg: Uint8Array): Reject | undefined {
    const { startFunction } = instance;
    if (startFunction !== undefined) {
      const reject = this.#execute('s', { caller }, instance, (state) => instance.run(state, startFunction));
      if (reject !== undefined) return reject;
    }
    const { hasInit, hasPostUpgrade } = this.#module.exports;
    const upgrade = this.#installation.mode.kind === 'upgrade';
    if (!(upgrade ? hasPostUpgrade : hasInit)) return undefined;
    return this.#execute('I', { caller, arg }, instance, (state) =>
      instance.runExport(state, upgrade ? 'canister_post_upgrade' : 'canister_init'),
    );
  }

  #execute(
    entryPoint: 's' | 'G' | 'I',
    input: MessageInput,
    instance: CanisterInstance,
    body: (state: ExecutionState) => Trap | undefined,
  ): Reject | undefined {
    // The limit is one for the whole installation.
    const instructionLimit = INSTRUCTION_LIMITS[entryPoint] - this.#instructions;
    const state = new ExecutionState({
      entryPoint,
      input,
      canister: { ...canisterFacts(this.#canister), version: this.#canister.version + 1n },
      network: networkFacts(this.#world),
      instance,
      stable: this.#stable,
      instructionLimit,
      cycles: this.#cycles - executionFee(instructionLimit),
      cyclesAvailable: 0n,
      responded: false,
      earlierInstructions: this.#instructions,
      globalTimer: this.#globalTimer,
    });
    const trap = body(state);
    const instructions = state.instructions < instructionLimit ? state.instructions : instructionLimit;
    this.#instructions += instructions;
    keepLog(this.#canister, state, trap);
    this.#world.executed({
      canisterId: this.#canister.id,
      entryPoint,
      methodName: undefined,
      instructions,
      cycles: instructions,
      trapped: trap !== undefined,
    });
    if (trap !== undefined) return trapReject(this.#canister.id, trap, INSTRUCTION_LIMITS[entryPoint]);
    this.#cycles = state.cycles + executionFee(instructionLimit);
    this.#certifiedData = state.certifiedData ?? this.#certifiedData;
    this.#globalTimer = state.globalTimer;
    return undefined;
  }

  #commit(instance: CanisterInstance): void {
    const { upload } = this.#installation;
    const code: InstalledCode = {
      upload,
      moduleHash: this.#module.hash,
      heap: new Uint8Array(),
      variables: { globals: [], tables: [] },
    };
    instance.saveTo(code);
    this.#world.instances.adopt(code, instance);
    this.#stable.commit();
    this.#canister.code = code;
    this.#canister.cycles = this.#cycles;
    this.#canister.certifiedData = this.#certifiedData;
    this.#canister.globalTimer = this.#globalTimer;
    this.#canister.version += 1n;
  }

  /** An installation costs its instructions, whether it succeeds or not. */
  #charge(reject: Reject | undefined): Reject | undefined {
    this.#canister.cycles -= executionFee(this.#instructions);
    this.#world.outbox.changed(this.#canister);
    return reject;
  }
}
