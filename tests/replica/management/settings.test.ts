import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { canister, query, update } from '../support/canister-wat.ts';
import { decodeReply } from '../support/management-types.ts';
import { expectReject, expectReply, replyI32, replyText } from '../support/outcomes.ts';
import { owner, setupNetwork, stranger } from '../support/setup-network.ts';

const GIB = 1024n ** 3n;
/** So many principals, of which the first is the owner. */
const principals = (count: number) =>
  Array.from({ length: count }, (_, i) => Principal.fromUint8Array(i === 0 ? owner : new Uint8Array([i, 1])));
const variables = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `n${i}`, value: 'v' }));

/** A canister that can pay for whatever its settings can be. */
async function setupCanister(amount = 10n ** 19n) {
  const network = await setupNetwork();
  const id = await network.create({ amount });
  const canister_id = Principal.fromUint8Array(id);
  const change = async (settings: object, sender?: Uint8Array) =>
    network.manage('update_settings', { canister_id, settings }, sender);
  return { network, id, canister_id, change };
}

describe('update_settings', () => {
  /** The largest value of each, and one that is too large. */
  const limits: readonly (readonly [setting: string, largest: unknown, tooLarge: unknown])[] = [
    ['compute_allocation', 100n, 101n],
    ['memory_allocation', 512n * GIB, 512n * GIB + 1n],
    ['freezing_threshold', 2n ** 64n - 1n, 2n ** 64n],
    ['reserved_cycles_limit', 2n ** 128n - 1n, 2n ** 128n],
    ['minimum_incoming_canister_call_cycles', 2n ** 128n - 1n, 2n ** 128n],
    ['wasm_memory_limit', 2n ** 48n, 2n ** 48n + 1n],
    ['wasm_memory_threshold', 2n ** 48n, 2n ** 48n + 1n],
    ['log_memory_limit', 2n * 1024n ** 2n, 2n * 1024n ** 2n + 1n],
    ['controllers', principals(10), principals(11)],
    ['log_visibility', { allowed_viewers: principals(10) }, { allowed_viewers: principals(11) }],
    ['snapshot_visibility', { allowed_viewers: principals(10) }, { allowed_viewers: principals(11) }],
    ['status_visibility', { allowed_viewers: principals(10) }, { allowed_viewers: principals(11) }],
    ['environment_variables', variables(20), variables(21)],
    [
      'environment_variables',
      [{ name: 'n'.repeat(128), value: 'é'.repeat(64) }],
      [{ name: 'n'.repeat(129), value: '' }],
    ],
    ['environment_variables', [{ name: 'n', value: '' }], [{ name: 'n', value: `${'é'.repeat(64)}v` }]],
    [
      'environment_variables',
      [{ name: 'n', value: '' }],
      [
        { name: 'n', value: '' },
        { name: 'n', value: 'v' },
      ],
    ],
  ];

  it.each(limits)('changes %s within its limit, and nothing beyond', async (setting, largest, tooLarge) => {
    const { network, id, canister_id, change } = await setupCanister();
    const before = network.canister(id).settings;
    expectReject(await change({ compute_allocation: 3n, [setting]: tooLarge }), 'IC0408', setting);
    expect(network.canister(id).settings).toBe(before);

    expectReply(await change({ [setting]: largest }));
    const status = decodeReply<{ settings: Record<string, unknown> }>(
      'canister_status',
      expectReply(await network.queryManagement('canister_status', { canister_id })),
    );
    expect(status.settings[setting]).toEqual(largest);
  });

  it('takes a log of nothing, and none that is smaller than a record', async () => {
    const { network, id, change } = await setupCanister();
    expectReject(await change({ log_memory_limit: 4095n }), 'IC0408', 'log_memory_limit is 4095');
    expectReply(await change({ log_memory_limit: 0n }));
    expect(network.canister(id).settings.logMemoryLimit).toBe(0n);
  });

  it('keeps what it is not told', async () => {
    const { network, id, change } = await setupCanister();
    expectReply(await change({ compute_allocation: 5n, log_visibility: { public: null } }));
    const { version } = network.canister(id);
    expectReply(await change({ freezing_threshold: 1n }));
    expect(network.canister(id).settings).toMatchObject({
      computeAllocation: 5n,
      freezingThreshold: 1n,
      logVisibility: { kind: 'public' },
      controllers: [owner],
    });
    expect(network.canister(id).version).toBe(version + 1n);
  });

  describe('settings that the balance cannot freeze for', () => {
    const AMOUNT = 10n ** 13n;
    const refused = [
      [
        'compute_allocation',
        1n,
        'IC0530',
        'Cannot increase compute allocation to 1 due to insufficient cycles. At least ',
      ],
      [
        'memory_allocation',
        64n * GIB,
        'IC0531',
        'Cannot increase memory allocation to 68719476736 due to insufficient cycles. At least ',
      ],
    ] as const;

    it.each(refused)('are refused before anything changes: %s', async (setting, value, code, text) => {
      const { network, id, change } = await setupCanister(AMOUNT);
      const { settings, version, cycles } = network.canister(id);
      const changes = { [setting]: value, controllers: principals(2), freezing_threshold: 2_592_001n };
      expectReject(await change(changes), code, text);
      expect(network.canister(id).settings).toBe(settings);
      expect(network.canister(id).version).toBe(version);
      expect(network.canister(id).cycles).toBeLessThanOrEqual(cycles);
    });

    it.each(refused)(
      'are refused to a canister that is to be made: %s',
      async (setting, value, code, text) => {
        const network = await setupNetwork();
        const before = network.network.subnet.canisters.nextNumber;
        const outcome = await network.manage('provisional_create_canister_with_cycles', {
          amount: AMOUNT,
          settings: { [setting]: value },
        });
        expectReject(outcome, code, text);
        expect(network.network.subnet.canisters.size).toBe(0);
        expect(network.network.subnet.canisters.nextNumber).toBe(before);
      },
    );

    it('tell how many cycles are missing, and are taken with as many', async () => {
      const { network, id, canister_id, change } = await setupCanister(AMOUNT);
      const { message } = expectReject(await change({ compute_allocation: 1n }), 'IC0530');
      const missing = BigInt(/At least (\d+) additional/.exec(message)?.[1] ?? '0');
      // The fee of the message that asks again is not in it.
      const amount = missing + 10n ** 7n;
      expectReply(await network.manage('provisional_top_up_canister', { canister_id, amount }));
      expectReply(await change({ compute_allocation: 1n }));
      expect(network.canister(id).settings.computeAllocation).toBe(1n);
    });

    it('are taken where the allocation is not increased: a threshold may freeze its canister', async () => {
      const { network, id, change } = await setupCanister(AMOUNT);
      expectReply(await change({ freezing_threshold: 2n ** 60n }));
      expectReply(await change({ compute_allocation: 0n, memory_allocation: 0n }));
      expect(network.canister(id).settings.freezingThreshold).toBe(2n ** 60n);
    });
  });

  it('starts with a limit of 3 GiB for the heap, which 0 lifts', async () => {
    const { network, id, change } = await setupCanister();
    expect(network.canister(id).settings.wasmMemoryLimit).toBe(3_221_225_472n);
    expectReply(await change({ wasm_memory_limit: 0n }));
    expect(network.canister(id).settings.wasmMemoryLimit).toBe(0n);
  });

  it('names each controller once, and takes control away', async () => {
    const { network, id, change } = await setupCanister();
    const other = Principal.fromUint8Array(stranger);
    expectReply(await change({ controllers: [other, other] }));
    expect(network.canister(id).settings.controllers).toEqual([stranger]);
    expect(network.network.subnet.controllers(id)).toEqual([stranger]);
    expectReject(await change({ compute_allocation: 1n }), 'IC0512');
    expectReply(await change({ controllers: [] }, stranger));
    expectReject(await change({ compute_allocation: 1n }, stranger), 'IC0512');
  });

  it('is refused to all but controllers', async () => {
    const { change } = await setupCanister();
    expectReject(await change({}, stranger), 'IC0512', 'Only controllers of canister');
  });
});

describe('settings', () => {
  it('show the canister its environment variables and its controllers', async () => {
    const { network, id, change } = await setupCanister();
    const module = canister(`
      ${query('count', '(call $reply_i32 (call $ic0.env_var_count))')}
      ${query(
        'first',
        `(call $ic0.env_var_name_copy (i32.const 0) (i32.const 64) (i32.const 0) (call $ic0.env_var_name_size (i32.const 0)))
         (i32.store8 (i32.add (i32.const 64) (call $ic0.env_var_name_size (i32.const 0))) (i32.const 61))
         (call $ic0.env_var_value_copy (i32.const 64) (call $ic0.env_var_name_size (i32.const 0)) (i32.const 70) (i32.const 0)
           (call $ic0.env_var_value_size (i32.const 64) (call $ic0.env_var_name_size (i32.const 0))))
         (call $reply (i32.const 64) (i32.const 9))`,
      )}
      ${query('missing', '(call $reply_i32 (call $ic0.env_var_name_exists (i32.const 64) (i32.const 1)))')}
      ${query('none', '(drop (call $ic0.env_var_value_size (i32.const 64) (i32.const 1)))')}
      ${query(
        'controlled',
        `(call $ic0.msg_caller_copy (i32.const 64) (i32.const 0) (call $ic0.msg_caller_size))
         (call $reply_i32 (call $ic0.is_controller (i32.const 64) (call $ic0.msg_caller_size)))`,
      )}`);
    expectReply(await network.installCode(id, module));
    expectReply(await change({ environment_variables: [{ name: 'HOMES', value: 'abc' }] }));
    expect(replyI32(await network.query(id, 'count'))).toBe(1);
    expect(replyText(await network.query(id, 'first'))).toBe('HOMES=abc');
    expect(replyI32(await network.query(id, 'missing'))).toBe(0);
    expectReject(await network.query(id, 'none'), 'IC0504', 'no environment variable');
    expect(replyI32(await network.query(id, 'controlled'))).toBe(1);
    expect(replyI32(await network.query(id, 'controlled', undefined, stranger))).toBe(0);
  });

  it('limit the memory that updates and installations leave', async () => {
    const { network, id, change } = await setupCanister();
    const grow = '(drop (memory.grow (i32.const 2))) ';
    const module = canister(`
      ${update('grow', `${grow} (call $reply_empty)`)} ${query('pages', '(call $reply_i32 (memory.size))')}
      ${query('grow in a query', `${grow} (call $reply_i32 (memory.size))`)}`);
    expectReply(await network.installCode(id, module));
    expectReply(await change({ wasm_memory_limit: 2n * 65_536n }));
    expectReject(await network.call(id, 'grow'), 'IC0539', 'memory limit of 131072 bytes');
    expect(replyI32(await network.query(id, 'pages'))).toBe(1);
    expect(replyI32(await network.query(id, 'grow in a query'))).toBe(3);
    const growing = canister(`(func (export "canister_post_upgrade") ${grow})`);
    expectReject(await network.installCode(id, growing, { mode: 'upgrade' }), 'IC0539');
    expectReply(await change({ wasm_memory_limit: 3n * 65_536n }));
    expectReply(await network.call(id, 'grow'));
    expect(replyI32(await network.query(id, 'pages'))).toBe(3);
  });
});
