import type { Reject } from '../messages/outcome.ts';
import type { Canister } from '../state/canister.ts';
import type { InstalledCode } from '../state/installed-code.ts';
import { StableMemory } from '../state/stable-memory.ts';
import type { ExecutionState, MessageInput } from '../system-api/execution-state.ts';
import type { Trap } from '../system-api/trap.ts';
import { ModuleError } from '../wasm/module-error.ts';
import type { PreparedModule } from '../wasm/prepared-module.ts';
import { type CanisterInstance, instantiate } from './canister-instance.ts';
import { consume, noteConsumed } from './consume.ts';
import {
  alreadyInstalled,
  invalidModule,
  invalidUpgradeOption,
  missingUpgradeOption,
  noModule,
  outOfCycles,
  trapReject,
} from './rejects.ts';
import { keepLog } from './run-message.ts';
import { startExecution } from './start-execution.ts';
import { canisterFacts, type ExecutionWorld, frozenCycles } from './world.ts';

/** How code replaces what is there ("IC method install_code"). */
export type InstallMode = { readonly kind: 'install' } | { readonly kind: 'reinstall' } | Upgrade;

/** An upgrade; of what becomes of the heap, at most one is set. */
interface Upgrade {
  readonly kind: 'upgrade';
  readonly skipPreUpgrade: boolean;
  readonly keepHeap: boolean;
  readonly replaceHeap: boolean;
}

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
  try {
    const module = world.instances.prepare(upload);
    const reserve = world.costs.execution(world.limits.I, module.memory64) + frozenCycles(world, canister);
    if (canister.cycles < reserve) return outOfCycles(canister.id, reserve - canister.cycles);
    return new InstallationRun(world, canister, installation, module).run();
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
  /** The heap that an upgrade keeps: what pre_upgrade left. */
  #keptHeap: Uint8Array | undefined;
  /** The first record of the canister's log that the installation writes. */
  readonly #firstLogIndex: bigint;
  #instructions = 0n;
  #cycles: bigint;
  #certifiedData: Uint8Array;
  #globalTimer = 0n;
  #burned = 0n;

  constructor(world: ExecutionWorld, canister: Canister, installation: Installation, module: PreparedModule) {
    this.#world = world;
    this.#canister = canister;
    this.#installation = installation;
    this.#module = module;
    this.#stable = new StableMemory(canister.stable);
    this.#firstLogIndex = canister.log.nextIndex;
    this.#cycles = canister.cycles;
    this.#certifiedData = canister.certifiedData;
  }

  run(): Reject | undefined {
    const { mode, sender, arg } = this.#installation;
    const { code } = this.#canister;
    if (code !== undefined && mode.kind === 'upgrade') {
      const reject = this.#leave(code, mode, sender);
      if (reject !== undefined) return this.#charge(reject);
    }
    if (mode.kind !== 'upgrade') {
      this.#stable.clear();
      this.#certifiedData = new Uint8Array();
    }
    // Timers do not outlive the code that set them.
    this.#globalTimer = 0n;
    const instance = instantiate(this.#module);
    if (this.#keptHeap !== undefined && !instance.loadHeap(this.#keptHeap)) {
      return this.#charge(invalidModule(this.#canister.id, 'the memory to keep does not fit into its own'));
    }
    const reject = this.#startUp(instance, sender, arg);
    if (reject !== undefined) return this.#charge(reject);
    this.#commit(instance);
    return this.#charge(undefined);
  }

  /** Ends the work of the code that is replaced, and takes from it what is kept. */
  #leave(code: InstalledCode, mode: Upgrade, caller: Uint8Array): Reject | undefined {
    const { instances } = this.#world;
    const old = instances.moduleOf(code);
    const refusal = this.#checkPersistence(old, mode);
    if (refusal !== undefined) return refusal;
    const preUpgrade = old.exports.hasPreUpgrade && !mode.skipPreUpgrade;
    if (!preUpgrade && !mode.keepHeap) return undefined;
    const instance = instances.of(code);
    const reject = preUpgrade
      ? this.#execute('G', { caller }, instance, (state) => instance.runExport(state, 'canister_pre_upgrade'))
      : undefined;
    if (mode.keepHeap) this.#keptHeap = instance.copyHeap();
    // Where the installation fails, the old code goes on as before.
    if (preUpgrade) instances.rollBack(code);
    return reject;
  }

  /** Code that lives in its heap must not lose it by an oversight, and other code cannot take one over. */
  #checkPersistence(old: PreparedModule, { keepHeap, replaceHeap }: Upgrade): Reject | undefined {
    const { id } = this.#canister;
    if (keepHeap && !livesInHeap(this.#module)) return invalidUpgradeOption(id);
    return livesInHeap(old) && !keepHeap && !replaceHeap ? missingUpgradeOption(id) : undefined;
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
    const instructionLimit = this.#world.limits[entryPoint] - this.#instructions;
    const state = startExecution(this.#world, this.#canister, {
      entryPoint,
      input,
      canister: { ...canisterFacts(this.#world, this.#canister), version: this.#canister.version + 1n },
      instance,
      stable: this.#stable,
      instructionLimit,
      cycles: this.#cycles - this.#fee(instructionLimit),
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
    if (trap !== undefined) return trapReject(this.#canister.id, trap, this.#world.limits[entryPoint]);
    this.#cycles = state.cycles + this.#fee(instructionLimit);
    this.#certifiedData = state.certifiedData ?? this.#certifiedData;
    this.#globalTimer = state.globalTimer;
    this.#burned += state.burned;
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
    if (this.#installation.mode.kind !== 'upgrade') this.#canister.log.dropBefore(this.#firstLogIndex);
    this.#canister.code = code;
    this.#canister.cycles = this.#cycles;
    noteConsumed(this.#world, this.#canister, 'burned_cycles', this.#burned);
    this.#canister.certifiedData = this.#certifiedData;
    this.#canister.globalTimer = this.#globalTimer;
    this.#canister.version += 1n;
  }

  #fee(instructions: bigint): bigint {
    return this.#world.costs.execution(instructions, this.#module.memory64);
  }

  /** An installation costs its instructions, whether it succeeds or not. */
  #charge(reject: Reject | undefined): Reject | undefined {
    consume(this.#world, this.#canister, 'instructions', this.#fee(this.#instructions));
    this.#world.outbox.changed(this.#canister);
    return reject;
  }
}

/** Whether code keeps its data in its heap over upgrades ("Enhanced orthogonal persistence"). */
function livesInHeap({ customSections }: PreparedModule): boolean {
  return customSections.get('enhanced-orthogonal-persistence')?.visibility === 'private';
}
