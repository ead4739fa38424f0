import { describe, expect, it } from 'vitest';
import { bareCanister, canister, ENDLESS, query, update } from '../support/canister-wat.ts';
import { expectReject, expectReply, replyI32 } from '../support/outcomes.ts';
import { setupNetwork } from '../support/setup-network.ts';

const composite = (name: string, body: string) =>
  `(func (export "canister_composite_query ${name}") ${body})`;

describe('a query', () => {
  it('has a certificate; a call of the same method has none', async () => {
    const network = await setupNetwork();
    const present = '(call $reply_i32 (call $ic0.data_certificate_present))';
    const id = await network.install(
      canister(`
        ${query('present', present)} ${composite('composite', present)} ${update('update', present)}
        ${query(
          'certificate',
          `(drop (call $ic0.data_certificate_size))
          (call $ic0.data_certificate_copy (i32.const 64) (i32.const 0) (call $ic0.data_certificate_size))
          (call $reply (i32.const 64) (call $ic0.data_certificate_size))`,
        )}
        (func (export "canister_inspect_message")
          (if (call $ic0.data_certificate_present) (then unreachable)) (call $ic0.accept_message))`),
    );
    expect(replyI32(await network.query(id, 'present'))).toBe(1);
    expect(replyI32(await network.query(id, 'composite'))).toBe(1);
    expect(replyI32(await network.call(id, 'present'))).toBe(0);
    expect(replyI32(await network.call(id, 'update'))).toBe(0);
    expect(expectReply(await network.query(id, 'certificate')).length).toBeGreaterThan(100);
  });

  it('is free, and counted', async () => {
    const network = await setupNetwork();
    const id = await network.install(canister(query('five', '(call $reply_i32 (i32.const 5))')));
    const { cycles } = network.canister(id);
    await network.query(id, 'five', new Uint8Array(7));
    await network.query(id, 'five', new Uint8Array(2));
    const instructions = network.reports.at(-1)!.instructions;
    expect(network.canister(id).cycles).toBe(cycles);
    expect(network.canister(id).queryStats).toEqual({
      calls: 2n,
      instructions: 2n * instructions,
      requestBytes: 9n,
      replyBytes: 8n,
    });
  });

  it('ends at the limit of its instructions', async () => {
    const network = await setupNetwork();
    const id = await network.install(canister(`${ENDLESS} ${query('endless', '(call $endless)')}`));
    expectReject(await network.query(id, 'endless'), 'IC0522', '5000000000 instructions');
  });
});

describe('a query that is called as an update', () => {
  it('keeps nothing but its cycles', async () => {
    const network = await setupNetwork();
    const id = await network.install(
      bareCanister(`
        (memory 1) (global $n (mut i32) (i32.const 0))
        ${query(
          'burn',
          `(global.set $n (i32.const 1)) (call $ic0.cycles_burn128 (i64.const 0) (i64.const 1000) (i32.const 64))
           (i32.store (i32.const 0) (global.get $n)) (call $ic0.msg_reply_data_append (i32.const 64) (i32.const 16))
           (call $ic0.msg_reply)`,
        )}
        ${query(
          'n',
          `(i32.store (i32.const 0) (i32.add (global.get $n) (i32.load (i32.const 64))))
          (call $ic0.msg_reply_data_append (i32.const 0) (i32.const 4)) (call $ic0.msg_reply)`,
        )}`),
    );
    const before = network.canister(id);
    const { cycles, version } = before;
    const burned = expectReply(await network.call(id, 'burn'));
    expect(new DataView(burned.buffer).getBigUint64(0, true)).toBe(1000n);
    const fee = network.reports.at(-1)!.cycles;
    expect(network.reports.at(-1)).toMatchObject({ entryPoint: 'RQ', methodName: 'burn' });
    expect(cycles - network.canister(id).cycles).toBe(1000n + fee + 1_200_000n + 2000n * 4n);
    expect(network.canister(id).version).toBe(version);
    expect(replyI32(await network.query(id, 'n'))).toBe(0);
  });
});
