import { cpSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { Network } from '../../../src/replica/network.ts';
import { describeRecovery } from '../../../src/replica/recovery.ts';
import { canister, query, update } from '../support/canister-wat.ts';
import { installHanging, release } from '../support/hanging-canister.ts';
import { encodeArgument } from '../support/management-types.ts';
import { expectReply, i64, replyI32 } from '../support/outcomes.ts';
import { decodeRelayed, encodeRelayedCall, installRelay } from '../support/relay.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { SECOND, START, setupNetwork, type TestNetwork } from '../support/setup-network.ts';

/** What a process would find if this one ended now. */
function copyOf(directory: string): string {
  const copy = join(setupDirectory(), 'copy');
  cpSync(directory, copy, { recursive: true });
  return copy;
}

const recoveryOf = ({ network }: TestNetwork) => network.recovery && describeRecovery(network.recovery);

const COUNTER = canister(`
  (global $count (mut i32) (i32.const 0))
  (func $count (global.set $count (i32.add (global.get $count) (i32.const 1))))
  ${update('add', '(call $count) (call $reply_i32 (global.get $count))')}
  ${update(
    'set',
    `(call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 8))
     (drop (call $ic0.global_timer_set (i64.load (i32.const 64)))) (call $reply_empty)`,
  )}
  ${query('count', '(call $reply_i32 (global.get $count))')}
  (func (export "canister_on_low_wasm_memory"))
  (func (export "canister_global_timer") (call $count))`);

/** A network with a counter that was called so often, and the folder as its process would leave it if it ended now. */
async function setupKilled(calls: number) {
  const directory = setupDirectory();
  const first = await setupNetwork({ directory });
  const id = await first.install(COUNTER);
  for (let i = 0; i < calls; i++) expectReply(await first.call(id, 'add'));
  return { first, id, killed: copyOf(directory) };
}

describe('a network whose process was killed', () => {
  it('has what it answered, and says what it recovered', async () => {
    const { id, killed } = await setupKilled(3);
    const second = await setupNetwork({ directory: killed });
    expect(replyI32(await second.query(id, 'count'))).toBe(3);
    expect(second.network.recovery).toMatchObject({ messages: 5, batches: 5, journalRemoved: false });
    expect(recoveryOf(second)).toBe(
      'Recovered 5 update calls in 5 rounds that came after the last checkpoint: the network had not been stopped in good order.',
    );
    // Once it was closed, the checkpoint has it all.
    await second.network.close();
    const third = await setupNetwork({ directory: killed });
    expect(recoveryOf(third)).toBeUndefined();
    expect(replyI32(await third.query(id, 'count'))).toBe(3);
  });

  it('has nothing to say where it is new or was closed', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    expect(recoveryOf(first)).toBeUndefined();
    await first.install(COUNTER);
    await first.network.close();
    expect(recoveryOf(await setupNetwork({ directory }))).toBeUndefined();
    expect((await setupNetwork()).network.recovery).toBeUndefined();
  });

  it('remembers requests, and does none twice', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const id = await first.install(COUNTER);
    const message = first.message(id, 'add');
    expect(replyI32(await first.run(message))).toBe(1);
    const second = await setupNetwork({ directory: copyOf(directory) });
    expect(replyI32(await second.run(message))).toBe(1);
    expect(replyI32(await second.query(id, 'count'))).toBe(1);
  });

  it('executes what was accepted and not executed, and waits for what it waited for', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const hanging = await installHanging(first);
    const counter = await first.install(COUNTER);
    const waiting = first.message(hanging, 'hang');
    await first.submit(waiting);
    const many = Array.from({ length: 150 }, () => first.message(counter, 'add'));
    await Promise.all(many.map((message) => first.submit(message)));
    const second = await setupNetwork({ directory: copyOf(directory) });
    await Promise.all(many.map(({ requestId }) => second.network.subnet.outcome(requestId)));
    expect(replyI32(await second.query(counter, 'count'))).toBe(150);
    await release(second, hanging);
    expect(replyI32(await second.network.subnet.outcome(waiting.requestId))).toBe(42);
  });

  it('keeps the time, and timers that are due', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const id = await first.install(COUNTER);
    expectReply(await first.call(id, 'set', i64(START + 30n * SECOND)));
    await first.network.advanceTime(20n * SECOND);
    const second = await setupNetwork({ directory: copyOf(directory) });
    expect(second.network.now()).toBe(START + 20n * SECOND);
    await second.network.advanceTime(10n * SECOND);
    const third = await setupNetwork({ directory: copyOf(directory) });
    expect(replyI32(await third.query(id, 'count'))).toBe(0);
    expect(replyI32(await second.query(id, 'count'))).toBe(1);
  });

  it('has paid for what it holds, and heard that its heap is nearly full, as it had', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const id = await first.install(COUNTER);
    const settings = { wasm_memory_limit: 100_000n, wasm_memory_threshold: 50_000n, compute_allocation: 1n };
    const canister_id = Principal.fromUint8Array(id);
    expectReply(await first.manage('update_settings', { canister_id, settings }));
    await first.network.advanceTime(35n * SECOND);
    expectReply(await first.call(id, 'add'));
    expect(first.canister(id).consumed.compute_allocation).toBeGreaterThan(0n);
    expect(first.canister(id).lowMemoryHook).toBe('executed');
    const second = await setupNetwork({ directory: copyOf(directory) });
    for (const name of ['cycles', 'consumed', 'paidUntil', 'lowMemoryHook'] as const) {
      expect(second.canister(id)[name]).toEqual(first.canister(id)[name]);
    }
    expect(second.network.subnet.rootHash()).toEqual(first.network.subnet.rootHash());
  });

  it.each([
    ['gives up HTTP outcalls that wait', undefined, 'timed out'],
    [
      'has the answers to HTTP outcalls',
      { kind: 'rejected', code: 2, message: 'no route' } as const,
      'no route',
    ],
  ])('%s', async (_, answer, expected) => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const relay = await installRelay(first, { amount: 10n ** 15n });
    const request = { url: 'https://example.org/', method: { get: null }, headers: [] };
    const call = { callee: new Uint8Array(), method: 'http_request', cycles: 10n ** 12n };
    const arg = encodeRelayedCall({ ...call, arg: encodeArgument('http_request', request) });
    const message = first.message(relay.id, 'relay', arg);
    await first.submit(message);
    const killed = copyOf(directory);
    const second = await setupNetwork({ directory: killed });
    await second.network.subnet.idle();
    const { subnet } = second.network;
    const [outcall] = subnet.outcalls;
    if (answer === undefined) {
      await second.network.advanceTime(60n * SECOND);
    } else {
      expect(subnet.answerOutcall(outcall!.id, answer)).toBe(true);
      expect(subnet.outcalls).toEqual([]);
      expect(subnet.answerOutcall(outcall!.id, answer)).toBe(false);
      await subnet.idle();
    }
    const relayed = decodeRelayed(await subnet.outcome(message.requestId));
    expect(relayed).toMatchObject({ code: 2, message: expect.stringMatching(expected) });
    const third = await setupNetwork({ directory: copyOf(killed) });
    expect(await third.network.subnet.outcome(message.requestId)).toEqual(
      await subnet.outcome(message.requestId),
    );
    expect(third.network.subnet.outcalls).toEqual([]);
    expect(third.network.subnet.rootHash()).toEqual(subnet.rootHash());
  });

  it("stays as far ahead of the machine's time as it was", async () => {
    const directory = setupDirectory();
    const first = await Network.open({ directory });
    await first.advanceTime(3600n * SECOND);
    const killed = copyOf(directory);
    await first.close();
    for (const each of [killed, directory]) {
      const before = BigInt(Date.now()) * 1_000_000n;
      const network = await Network.open({ directory: each });
      expect(network.now()).toBeGreaterThanOrEqual(before + 3600n * SECOND);
      expect(network.now()).toBeLessThan(before + 3700n * SECOND);
      await network.close();
    }
  });

  it('drops a record that was not written to its end, and says so', async () => {
    const { id, killed } = await setupKilled(3);
    const path = lastSegment(killed);
    truncateSync(path, readFileSync(path).length - 7);
    const second = await setupNetwork({ directory: killed });
    expect(replyI32(await second.query(id, 'count'))).toBe(2);
    expect(recoveryOf(second)).toMatch(
      /^Recovered 4 update calls in 4 rounds .* Dropped the last \d+ bytes of .*: a record that was not written to its end/,
    );
    expect(recoveryOf(second)).toContain(path);
    expect(replyI32(await second.call(id, 'add'))).toBe(3);
  });

  it('goes on with the checkpoint where the journal was removed, and says what that means', async () => {
    const { id, killed } = await setupKilled(3);
    rmSync(join(killed, 'journal'), { recursive: true });
    const second = await setupNetwork({ directory: killed });
    expect(second.network.subnet.canisters.get(id)).toBeUndefined();
    expect(recoveryOf(second)).toBe('The journal was removed: what came after the last checkpoint is lost.');
    await second.network.close();
    expect(recoveryOf(await setupNetwork({ directory: killed }))).toBeUndefined();
  });

  it('is refused where its manifest is gone', async () => {
    const { killed } = await setupKilled(1);
    rmSync(join(killed, 'manifest'));
    await expect(Network.open({ directory: killed })).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringContaining('has a journal and no manifest'),
    });
  });

  it('is refused where the journal does not belong to the checkpoint', async () => {
    const { killed } = await setupKilled(3);
    const other = await setupKilled(2);
    rmSync(join(killed, 'journal'), { recursive: true });
    cpSync(join(other.killed, 'journal'), join(killed, 'journal'), { recursive: true });
    const before = readdirSync(killed);
    await expect(Network.open({ directory: killed })).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(/cannot be done again: .* the certified state is [0-9a-f]{64}, and was/),
    });
    expect(readdirSync(killed)).toEqual(before.filter((name) => !name.startsWith('lock')));
  });

  it('certifies what canister_status said of queries, which are not done again', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const id = await first.install(COUNTER);
    await first.query(id, 'count');
    await first.call(id, 'add');
    await first.query(id, 'count');
    const { queryStats } = first.canister(id);
    await first.call(id, 'add');
    const second = await setupNetwork({ directory: copyOf(directory) });
    expect(second.canister(id).queryStats).toEqual(queryStats);
  });
});

function lastSegment(directory: string): string {
  return join(directory, 'journal', readdirSync(join(directory, 'journal')).at(-1) ?? '');
}
