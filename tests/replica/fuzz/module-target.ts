import { CanisterInstance } from '../../../src/replica/execution/canister-instance.ts';
import { defaultSettings } from '../../../src/replica/state/canister-settings.ts';
import { StableMemory } from '../../../src/replica/state/stable-memory.ts';
import { StablePages } from '../../../src/replica/state/stable-pages.ts';
import type { EntryPoint } from '../../../src/replica/system-api/entry-point.ts';
import { ExecutionState } from '../../../src/replica/system-api/execution-state.ts';
import { SubnetCosts } from '../../../src/replica/system-api/subnet-costs.ts';
import { importType } from '../../../src/replica/system-api/table.ts';
import { ModuleError } from '../../../src/replica/wasm/module-error.ts';
import { prepareModule } from '../../../src/replica/wasm/prepare-module.ts';
import type { PreparedModule } from '../../../src/replica/wasm/prepared-module.ts';
import { canister, data, ENDLESS, makeCall, query, update } from '../support/canister-wat.ts';
import { owner, START } from '../support/setup-network.ts';
import { assemble } from '../wasm/wat.ts';
import { Finding, type FuzzTarget } from './finding.ts';
import type { FuzzedNetwork } from './fuzzed-network.ts';
import { edgeModule, mutateModule } from './mutate-module.ts';

const COSTS = new SubnetCosts({ responseInstructions: 40_000_000_000n });

/** What code may take here: enough to go wrong in, and soon over. */
const INSTRUCTIONS = 3_000_000n;
/** Larger memories are made and looked at by the engine only. */
const MAX_PAGES = 2000;

/** Modules of many kinds of code, to be changed. */
const CORPUS: readonly Uint8Array[] = [
  canister(`
    (table funcref (elem $f $f)) (func $f (param i32)) (global $g (mut i64) (i64.const 5)) ${data(100, 'text')}
    ${update('call', makeCall({ callee: [100, 4], method: [100, 4], with: '(call $ic0.call_data_append (i32.const 0) (i32.const 9))' }))}
    ${update('stable', '(drop (call $ic0.stable64_grow (i64.const 2))) (call $ic0.stable64_write (i64.const 9) (i64.const 0) (i64.const 100))')}
    ${update('copy', '(call $ic0.msg_arg_data_copy (i32.const 0) (i32.const 0) (call $ic0.msg_arg_data_size)) (call $reply_i64 (global.get $g))')}
    ${query('print', '(call $ic0.debug_print (i32.const 100) (i32.const 4)) (call $ic0.trap (i32.const 100) (i32.const 4))')}`),
  canister(
    `${ENDLESS} ${update('endless', '(call $endless)')} (func $again (call $again)) ${update('deep', '(call $again)')}`,
  ),
  assemble(`(module (import "ic0" "msg_reply" (func $reply)) (table $t 3 9 funcref) (memory 1 4)
    (global $g (mut i32) (i32.const 1)) (global (mut v128) (v128.const i64x2 1 2)) (global (mut f64) (f64.const 2))
    (export "memory" (memory 0)) (start $s) (elem (i32.const 0) $reply $s) (elem $e func $s) (elem declare func $f)
    (data (i32.const 8) "active") (data $p "passive")
    (func $s (global.set $g (i32.const 2)))
    (func $f (export "canister_update f") (local i32 f64)
      (block $a (loop $b (br_table $a $b (i32.and (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))))
      (if (local.get 0) (then (call $reply)) (else (call_indirect (local.get 0))))
      (memory.init $p (i32.const 0) (i32.const 0) (i32.const 7)) (data.drop $p) (elem.drop $e)
      (memory.copy (i32.const 0) (i32.const 9) (i32.const 3)) (memory.fill (i32.const 0) (i32.const 9) (i32.const 3))
      (table.set $t (i32.const 2) (ref.func $f)) (drop (table.grow $t (ref.null func) (i32.const 1)))
      (local.set 1 (f64.div (f64.const 1.5) (f64.convert_i32_u (local.get 0))))))`),
];

/** Modules that are damaged, odd or hostile: each is refused with a reason, or runs and ends, whatever its code does. */
export function modules(network: FuzzedNetwork): FuzzTarget {
  return {
    name: 'modules',
    run: async (random) => {
      const upload = random.oneIn(40) ? edgeModule(random) : mutateModule(CORPUS, random);
      const prepared = prepare(upload);
      if (prepared instanceof ModuleError) {
        // The way of an installation refuses it just so. That costs more time than the loader does.
        if (random.oneIn(10)) {
          const outcome = await network.test.installCode(network.canisterId, upload, { mode: 'reinstall' });
          if (outcome.kind === 'replied') throw new Finding('a refused module was installed', upload);
        }
        return prepared.code;
      }
      return runAll(prepared, upload);
    },
  };
}

function prepare(upload: Uint8Array): PreparedModule | ModuleError {
  try {
    return prepareModule(upload, { importType });
  } catch (error) {
    if (error instanceof ModuleError) return error;
    throw new Finding('the loader throws something else than a ModuleError', upload, error);
  }
}

/** Runs each method in an instance, and takes back what it did. */
function runAll(module: PreparedModule, upload: Uint8Array): string {
  if (module.initialPages > MAX_PAGES) return 'large';
  const methods: [EntryPoint, string][] = [
    ...[...module.exports.updates].map((name): [EntryPoint, string] => ['U', `canister_update ${name}`]),
    ...[...module.exports.queries].map((name): [EntryPoint, string] => ['NRQ', `canister_query ${name}`]),
  ];
  try {
    const instance = new CanisterInstance(module);
    const { startFunction } = instance;
    if (startFunction !== undefined) instance.run(stateFor('s', instance), startFunction);
    const code = {
      upload,
      moduleHash: module.hash,
      heap: new Uint8Array(),
      variables: { globals: [], tables: [] },
    };
    instance.saveTo(code);
    for (const [entryPoint, name] of methods.slice(0, 10)) {
      instance.runExport(stateFor(entryPoint, instance), name);
      if (!instance.loadFrom(code)) return 'replaced';
    }
    return 'ran';
  } catch (error) {
    // A segment outside of its memory or table, or more than the engine can give: installCode refuses those, too.
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return 'not instantiated';
    throw new Finding('code breaks out of its execution', upload, error);
  }
}

function stateFor(entryPoint: EntryPoint, instance: CanisterInstance): ExecutionState {
  return new ExecutionState({
    entryPoint,
    input: { caller: owner, arg: new Uint8Array(20), methodName: 'fuzzed' },
    canister: {
      id: owner,
      settings: defaultSettings([owner]),
      runState: 'running',
      version: 1n,
      frozenCycles: 0n,
      outstandingCallsTo: () => 0,
    },
    network: { subnetId: owner, rootKey: owner, time: START, costs: COSTS },
    instance,
    stable: new StableMemory(new StablePages()),
    instructionLimit: INSTRUCTIONS,
    cycles: 10n ** 15n,
    cyclesAvailable: 0n,
    responded: false,
    earlierInstructions: 0n,
    globalTimer: 0n,
  });
}
