import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { disk } from '../state-folder/faulty-disk.ts';
import { canister, update } from '../support/canister-wat.ts';
import { i32 } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { base64, message, NEW, setupServer } from './setup-server.ts';

vi.mock('node:fs', async (importOriginal) => {
  const { disk: faulty } = await import('../state-folder/faulty-disk.ts');
  return faulty.on(await importOriginal());
});

const COUNTER = canister(`
  (global $count (mut i32) (i32.const 0))
  ${update('add', '(global.set $count (i32.add (global.get $count) (i32.const 1))) (call $reply_i32 (global.get $count))')}`);

describe('an instance whose disk is full', () => {
  it('refuses what changes it, says so once, and goes on when there is room', async () => {
    onTestFinished(() => disk.set('healthy'));
    const told = vi.spyOn(console, 'error').mockReturnValue();
    onTestFinished(() => told.mockRestore());
    const state_dir = join(setupDirectory(), 'state');
    const server = setupServer();
    const instance = await server.createInstance({ application: [NEW] }, { state_dir });
    const id = await server.install(instance, COUNTER);
    const add = message(id, 'add');
    expect(await server.call(instance, add)).toEqual({ Ok: base64(i32(1)) });
    const { body: time } = await server.get(`${instance}/read/get_time`);

    disk.set('is full');
    expect((await server.call(instance, add)).Err).toMatchObject({
      reject_code: 'SysTransient',
      error_code: 'CertifiedStateUnavailable',
    });
    for (const [path, body] of [
      ['update/tick', {}],
      ['update/set_time', { nanos_since_epoch: 1_700_000_000_000_000_000n }],
      ['update/add_cycles', { canister_id: id, amount: 1 }],
    ] as const) {
      const refused = await server.post(`${instance}/${path}`, body);
      expect(refused.status, path).toBe(503);
      expect(refused.body.message).toMatch(/cannot write to its state folder/);
    }
    await server.post(`${instance}/auto_progress`, {});
    await server.post(`${instance}/stop_progress`, {});
    expect(told.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^The state folder .*state cannot be written to \(ENOSPC.*Nothing is executed until/,
        ),
      ],
    ]);

    disk.set('healthy');
    expect(await server.call(instance, add)).toEqual({ Ok: base64(i32(2)) });
    expect(told).toHaveBeenLastCalledWith(expect.stringMatching(/can be written to again\.$/));
    const copy = join(setupDirectory(), 'copy');
    cpSync(state_dir, copy, { recursive: true });
    const again = await server.createInstance({}, { state_dir: copy });
    expect(await server.call(again, add)).toEqual({ Ok: base64(i32(3)) });
    expect((await server.get(`${again}/read/get_time`)).body.nanos_since_epoch).toBeGreaterThan(
      time.nanos_since_epoch,
    );
  });

  it('is not made', async () => {
    onTestFinished(() => disk.set('healthy'));
    disk.set('is full');
    const { status, body } = await setupServer().post('/instances', {
      subnet_config_set: { application: [NEW] },
      state_dir: join(setupDirectory(), 'state'),
    });
    expect(status).toBe(400);
    expect(body.Error.message).toMatch(/The state folder .* cannot be used \(ENOSPC/);
  });
});
