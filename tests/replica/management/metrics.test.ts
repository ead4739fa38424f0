import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { callFee, ingressFee, responseFee } from '../../../src/replica/system-api/cycle-costs.ts';
import { canister, update } from '../support/canister-wat.ts';
import { decodeReply } from '../support/management-types.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { installRelay, relayedReply } from '../support/relay.ts';
import { owner, SECOND, setupNetwork, stranger, type TestNetwork } from '../support/setup-network.ts';

type Consumed = Readonly<Record<string, bigint>>;

async function consumed(network: TestNetwork, id: Uint8Array): Promise<Consumed> {
  const outcome = await network.queryManagement('canister_metrics', {
    canister_id: Principal.fromUint8Array(id),
  });
  return decodeReply<{ cycles_consumed: Consumed }>('canister_metrics', expectReply(outcome)).cycles_consumed;
}

const TARGET = canister(`
  ${update('answer', '(call $reply_i32 (i32.const 7))')}
  ${update('burn', '(call $ic0.cycles_burn128 (i64.const 0) (i64.const 12345) (i32.const 64)) (call $reply_empty)')}`);

describe('canister_metrics', () => {
  it('tells what cycles were consumed for, and all that the balance lost', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const target = await network.install(TARGET);
    const before = { cycles: network.canister(relay.id).cycles, consumed: await consumed(network, relay.id) };
    await relay.call({ callee: target, method: 'answer' });
    const arg = 1 + target.length + 1 + 6 + 8;
    const after = await consumed(network, relay.id);
    expect(after['ingress_induction']! - before.consumed['ingress_induction']!).toBe(
      ingressFee('relay', new Uint8Array(arg)),
    );
    expect(after['request_and_response_transmission']).toBe(
      callFee('answer', new Uint8Array()) + responseFee(4),
    );
    expect(after['burned_cycles']).toBe(0n);
    const lost = Object.keys(after).reduce((sum, name) => sum + after[name]! - before.consumed[name]!, 0n);
    expect(before.cycles - network.canister(relay.id).cycles).toBe(lost);
  });

  it('counts what is burned, what is held, and what a creation costs', async () => {
    const network = await setupNetwork();
    const target = await network.install(TARGET);
    expectReply(await network.call(target, 'burn'));
    expect(await consumed(network, target)).toMatchObject({ burned_cycles: 12_345n, memory: 0n });
    const before = network.canister(target).cycles;
    await network.network.advanceTime(1000n * SECOND);
    const { memory } = await consumed(network, target);
    expect(memory).toBe(before - network.canister(target).cycles);
    expect(memory).toBeGreaterThan(0n);

    const relay = await installRelay(network);
    const reply = relayedReply(await relay.manage('create_canister', {}, 600_000_000_000n));
    const { canister_id } = decodeReply<{ canister_id: Principal }>('create_canister', reply);
    const created = network.canister(canister_id.toUint8Array());
    expect(created.consumed.canister_creation).toBe(500_000_000_000n);
    expect(created.cycles).toBe(100_000_000_000n);
  });

  it('counts what is left to a canister that cannot pay as lost with its code', async () => {
    const network = await setupNetwork();
    const target = await network.install(TARGET);
    network.canister(target).cycles = 1n;
    await network.network.advanceTime(10n * SECOND);
    expect(await consumed(network, target)).toMatchObject({ uninstall: 1n });
  });

  it('is for controllers and admins of the subnet, in updates and queries', async () => {
    const network = await setupNetwork({ subnetAdmins: [utf8('admin')] });
    const value = { canister_id: Principal.fromUint8Array(await network.install(TARGET)) };
    for (const sender of [owner, utf8('admin')]) {
      expectReply(await network.manage('canister_metrics', value, sender));
      expectReply(await network.queryManagement('canister_metrics', value, sender));
    }
    expectReject(await network.manage('canister_metrics', value, stranger), 'IC0512');
    expectReject(await network.queryManagement('canister_metrics', value, stranger), 'IC0512');
    const missing = { canister_id: Principal.fromText('aaaaa-aa') };
    expectReject(await network.queryManagement('canister_metrics', missing), 'IC0301');
  });
});
