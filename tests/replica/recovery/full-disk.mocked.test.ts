import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Network } from '../../../src/replica/network.ts';
import { disk } from '../state-folder/faulty-disk.ts';
import { canister, query, update } from '../support/canister-wat.ts';
import { expectReject, replyI32 } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { SECOND, setupNetwork, type TestNetwork } from '../support/setup-network.ts';

vi.mock('node:fs', async (importOriginal) => {
  const { disk: faulty } = await import('../state-folder/faulty-disk.ts');
  return faulty.on(await importOriginal());
});

/** Counts its calls, and the runs of its heartbeat. */
const COUNTER = canister(`
  (global $count (mut i32) (i32.const 0)) (global $beats (mut i32) (i32.const 0))
  ${update(
    'add',
    `(global.set $count (i32.add (global.get $count) (i32.const 1))) (call $reply_i32 (global.get $count))`,
  )}
  ${query('count', '(call $reply_i32 (global.get $count))')}
  ${query('beats', '(call $reply_i32 (global.get $beats))')}
  (func (export "canister_heartbeat") (global.set $beats (i32.add (global.get $beats) (i32.const 1))))`);

async function setupCounter() {
  onTestFinished(() => disk.set('healthy'));
  const directory = setupDirectory();
  const troubles: string[] = [];
  const network = await setupNetwork({ directory, onTrouble: (message) => troubles.push(message) });
  const id = await network.install(COUNTER);
  return { directory, troubles, network, id };
}

/** What a process would find if this one ended now. */
async function reopen(directory: string): Promise<TestNetwork> {
  const copy = join(setupDirectory(), 'copy');
  cpSync(directory, copy, { recursive: true });
  return setupNetwork({ directory: copy });
}

describe('a network whose disk is full', () => {
  it('rejects updates, answers queries, says so once, and goes on when there is room', async () => {
    const { directory, troubles, network, id } = await setupCounter();
    expect(replyI32(await network.call(id, 'add'))).toBe(1);
    const beats = replyI32(await network.query(id, 'beats'));

    disk.set('is full');
    for (let i = 0; i < 3; i++) {
      expectReject(await network.call(id, 'add'), 'IC0208', 'cannot write to its state folder');
    }
    await network.network.advanceTime(10n * SECOND);
    await network.network.subnet.tick();
    expect(replyI32(await network.query(id, 'count'))).toBe(1);
    expect(replyI32(await network.query(id, 'beats'))).toBe(beats);
    expect(troubles).toEqual([
      `The state folder ${directory} cannot be written to (ENOSPC: no space left on device, writeSync). Updates are refused until it can be; what was answered is kept.`,
    ]);

    disk.set('healthy');
    expect(replyI32(await network.call(id, 'add'))).toBe(2);
    expect(replyI32(await network.query(id, 'beats'))).toBe(beats + 1);
    expect(troubles).toHaveLength(2);
    expect(troubles[1]).toContain('can be written to again');
    const again = await reopen(directory);
    expect(replyI32(await again.query(id, 'count'))).toBe(2);
    expect(again.network.subnet.rootHash()).toEqual(network.network.subnet.rootHash());
  });

  it('does not do later what it rejected, and takes the same request again', async () => {
    const { directory, network, id } = await setupCounter();
    const message = network.message(id, 'add');
    const { cycles } = network.canister(id);
    disk.set('is full');
    expectReject(await network.run(message), 'IC0208');
    expect(network.network.subnet.requester(message.requestId)).toBeUndefined();
    expect(network.canister(id).cycles).toBe(cycles);
    disk.set('healthy');
    expect(replyI32(await (await reopen(directory)).query(id, 'count'))).toBe(0);
    expect(replyI32(await network.run(message))).toBe(1);
  });

  it('tries by itself again, for what nobody asks for', async () => {
    const { network, id } = await setupCounter();
    const beats = replyI32(await network.query(id, 'beats'));
    disk.set('is full');
    await network.network.subnet.tick();
    disk.set('healthy');
    await vi.waitFor(async () => expect(replyI32(await network.query(id, 'beats'))).toBe(beats + 1), {
      timeout: 20_000,
    });
  });

  it('closes, and has what it answered the next time', async () => {
    const { directory, troubles, network, id } = await setupCounter();
    expect(replyI32(await network.call(id, 'add'))).toBe(1);
    disk.set('is full');
    await network.network.close();
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toContain('No checkpoint can be written to');
    disk.set('healthy');
    const again = await setupNetwork({ directory });
    expect(again.network.recovery?.messages).toBe(3);
    expect(replyI32(await again.query(id, 'count'))).toBe(1);
  });

  it('is not opened where it is new', async () => {
    onTestFinished(() => disk.set('healthy'));
    const directory = setupDirectory();
    disk.set('is full');
    await expect(Network.open({ directory })).rejects.toMatchObject({
      code: 'unwritable',
      message: expect.stringContaining(directory),
    });
    disk.set('healthy');
    await setupNetwork({ directory });
  });
});
