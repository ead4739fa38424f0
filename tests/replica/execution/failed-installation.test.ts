import { describe, expect, it } from 'vitest';
import { bareCanister, canister, ENDLESS, livingInHeap, query, update } from '../support/canister-wat.ts';
import { expectReject, expectReply, i32, replyI32 } from '../support/outcomes.ts';
import { type InstallOptions, setupNetwork } from '../support/setup-network.ts';

const COUNTER = `
  (global $count (mut i32) (i32.const 0))
  ${update(
    'add',
    `(global.set $count (i32.add (global.get $count) (i32.const 1)))
     (if (i64.eqz (call $ic0.stable64_size)) (then (drop (call $ic0.stable64_grow (i64.const 1)))))
     (i32.store (i32.const 64) (global.get $count))
     (call $ic0.stable64_write (i64.const 0) (i64.const 64) (i64.const 4))
     (call $ic0.certified_data_set (i32.const 64) (i32.const 4))
     (call $reply_i32 (global.get $count))`,
  )}
  ${query('count', '(call $reply_i32 (global.get $count))')}
  ${query(
    'stable',
    '(call $ic0.stable64_read (i64.const 64) (i64.const 0) (i64.const 4)) (call $reply_i32 (i32.load (i32.const 64)))',
  )}`;

/** Writes to stable memory, certified data and the timer. */
const SPOIL = `
  (drop (call $ic0.stable64_grow (i64.const 2)))
  (i32.store (i32.const 64) (i32.const -1))
  (call $ic0.stable64_write (i64.const 0) (i64.const 64) (i64.const 4))
  (call $ic0.certified_data_set (i32.const 64) (i32.const 2))
  (drop (call $ic0.global_timer_set (i64.const 9)))`;

const COUNTER_MODULE = canister(COUNTER);
const TRAPPING_PRE_UPGRADE = canister(`
  ${COUNTER} (func (export "canister_pre_upgrade") ${SPOIL} (global.set $count (i32.const 99)) unreachable)`);

interface Failure {
  readonly old?: Uint8Array;
  readonly module: Uint8Array;
  readonly options: InstallOptions;
  readonly code: string;
  readonly message: string;
}

const upgrade = { mode: 'upgrade' } as const;
const KEEP = { mode: 'upgrade', upgrade: { wasm_memory_persistence: { keep: null } } } as const;
const reinstall = { mode: 'reinstall' } as const;

const FAILURES: Readonly<Record<string, Failure>> = {
  'post_upgrade traps': {
    module: canister(`(func (export "canister_post_upgrade") ${SPOIL} unreachable)`),
    options: upgrade,
    code: 'IC0502',
    message: 'unreachable',
  },
  'pre_upgrade traps': {
    old: TRAPPING_PRE_UPGRADE,
    module: canister(''),
    options: upgrade,
    code: 'IC0502',
    message: 'unreachable',
  },
  'init traps in a reinstallation': {
    module: canister(`(func (export "canister_init") ${SPOIL} unreachable)`),
    options: reinstall,
    code: 'IC0502',
    message: 'unreachable',
  },
  'the start function traps': {
    module: canister('(func $start unreachable) (start $start)'),
    options: upgrade,
    code: 'IC0502',
    message: 'unreachable',
  },
  'the start function calls what it may not': {
    module: canister('(func $start (drop (call $ic0.time))) (start $start)'),
    options: upgrade,
    code: 'IC0504',
    message: '"ic0.time" cannot be executed in start mode',
  },
  'post_upgrade never ends': {
    module: canister(`${ENDLESS} (func (export "canister_post_upgrade") (call $endless))`),
    options: upgrade,
    code: 'IC0522',
    message: '300000000000 instructions',
  },
  'a data segment lies outside of the memory': {
    module: bareCanister('(memory 1) (data (i32.const 65536) "x")'),
    options: upgrade,
    code: 'IC0505',
    message: 'data segment',
  },
  'an element segment lies outside of the table': {
    module: bareCanister('(table 1 funcref) (func $f) (elem (i32.const 1) $f)'),
    options: reinstall,
    code: 'IC0505',
    message: 'table',
  },
  'the bytes are no module': {
    module: new Uint8Array([1, 2, 3]),
    options: upgrade,
    code: 'IC0505',
    message: 'not a WebAssembly module',
  },
  'a function of that name does not exist': {
    module: bareCanister('(import "ic0" "nothing" (func))'),
    options: reinstall,
    code: 'IC0505',
    message: '"nothing", which does not exist',
  },
  'a memory to keep does not fit into the new one': {
    module: livingInHeap(canister('', { memory: '(memory 2)' })),
    options: KEEP,
    code: 'IC0505',
    message: 'the memory to keep does not fit',
  },
  'a memory to keep is larger than the new one may be': {
    old: canister(COUNTER, { memory: '(memory 2)' }),
    module: livingInHeap(canister('', { memory: '(memory 1 1)' })),
    options: KEEP,
    code: 'IC0505',
    message: 'the memory to keep does not fit',
  },
  'the new code does not keep its data in its heap': {
    module: canister(''),
    options: KEEP,
    code: 'IC0504',
    message: 'Invalid upgrade option',
  },
  'nobody says what becomes of the heap in which the code lives': {
    old: livingInHeap(COUNTER_MODULE),
    module: canister(''),
    options: upgrade,
    code: 'IC0504',
    message: 'Missing upgrade option: Enhanced orthogonal persistence requires',
  },
  'the canister is not empty': {
    module: canister(''),
    options: { mode: 'install' },
    code: 'IC0538',
    message: "Try installing with mode='reinstall' instead",
  },
};

describe('an installation that fails', () => {
  it.each(Object.entries(FAILURES))('leaves code and state as they were when %s', async (_, failure) => {
    const { old = COUNTER_MODULE, module, options, code, message } = failure;
    const network = await setupNetwork();
    const id = await network.install(old);
    expectReply(await network.call(id, 'add'));
    expectReply(await network.call(id, 'add'));
    const before = network.canister(id);
    const { code: oldCode, version } = before;
    const { total } = before.history;

    expectReject(await network.installCode(id, module, options), code, message);
    const after = network.canister(id);
    expect(after.code).toBe(oldCode);
    expect(after).toMatchObject({ version, certifiedData: i32(2), globalTimer: 0n });
    expect(after.history.total).toBe(total);
    expect(after.stable.wasmPages).toBe(1);
    expect(replyI32(await network.query(id, 'count'))).toBe(2);
    expect(replyI32(await network.query(id, 'stable'))).toBe(2);
    expect(replyI32(await network.call(id, 'add'))).toBe(3);
  });

  it('leaves an empty canister empty', async () => {
    const network = await setupNetwork();
    const id = await network.create();
    const module = canister(`(func (export "canister_init") ${SPOIL} unreachable)`);
    expectReject(await network.installCode(id, module), 'IC0502');
    expectReject(await network.installCode(id, module, upgrade), 'IC0537');
    expectReject(await network.call(id, 'anything'), 'IC0537');
    expect(network.canister(id)).toMatchObject({ version: 0n, globalTimer: 0n });
    expect(network.canister(id).stable.wasmPages).toBe(0);
  });
});
