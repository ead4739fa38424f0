import { describe, expect, it } from 'vitest';
import { importType, SYSTEM_API } from '../../../src/replica/system-api/table.ts';
import { canister, data, makeCall, query, update } from '../support/canister-wat.ts';
import { expectReply, replyI32 } from '../support/outcomes.ts';
import { setupNetwork, type TestNetwork } from '../support/setup-network.ts';

/** Numbers at borders: of signs, of memory, and of what a double holds. */
const I32 = [0, 1, -1, 65_535, 65_536, 2_147_483_647, -2_147_483_648] as const;
const I64 = [0n, 1n, -1n, 65_536n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)] as const;
const NAMES = [...SYSTEM_API.keys()];
/** Shifts the borders against one another, so that arguments differ. */
const SHIFTS = [0, 1, 3, 5] as const;

/** Instructions that call the function with numbers at borders; one of them for each `round`. */
function hostileCall(name: string, round: number, shift: number): string {
  const type = importType(name, 'i32');
  const args = (type?.params ?? []).map((each, i) => {
    const at = (round + i * shift) % I32.length;
    return `(${each}.const ${String(each === 'i64' ? I64[at] : I32[at])})`;
  });
  const call = `(call $ic0.${name} ${args.join(' ')})`;
  return type?.results.length === 0 ? call : `(drop ${call})`;
}

/** What has to be true after whatever a hostile method did. */
async function expectSound(network: TestNetwork, id: Uint8Array, healthy: Uint8Array): Promise<void> {
  const state = network.canister(id);
  expect(state.callContexts.size).toBe(0);
  expect(state.callbacks.size).toBe(0);
  expect(state.cycles).toBeGreaterThan(0n);
  expect(state.certifiedData.length).toBeLessThanOrEqual(32);
  expect(replyI32(await network.call(healthy, 'next'))).toBeGreaterThan(0);
}

describe('numbers at borders', () => {
  const healthy = `
    (global $n (mut i32) (i32.const 0))
    ${update('next', '(global.set $n (i32.add (global.get $n) (i32.const 1))) (call $reply_i32 (global.get $n))')}`;

  it.each(NAMES)('end in an answer, whatever ic0.%s is called with', async (name) => {
    const network = await setupNetwork();
    const sound = await network.install(canister(healthy));
    const cases = I32.flatMap((_, round) => SHIFTS.map((shift) => ({ round, shift })));
    const begin = makeCall({ callee: [100, sound.length], method: [120, 4] }).split('(if ')[0] ?? '';
    const methods = cases.map(({ round, shift }) => {
      const call = hostileCall(name, round, shift);
      // Half of them while a call is under construction.
      const body = shift % 2 === 0 ? call : `${begin} ${call} (drop (call $ic0.call_perform))`;
      return `${update(`u${round} ${shift}`, body)} ${query(`q${round} ${shift}`, call)}`;
    });
    const id = await network.install(
      canister(`
        (table funcref (elem $callback $callback)) (func $callback (param i32))
        ${data(100, sound)} ${data(120, 'next')} ${methods.join('\n')}`),
    );
    for (const { round, shift } of cases) {
      const outcomes = [
        await network.call(id, `u${round} ${shift}`),
        await network.query(id, `q${round} ${shift}`),
        await network.call(id, `q${round} ${shift}`),
      ];
      for (const outcome of outcomes) {
        if (outcome.kind === 'rejected')
          expect(outcome.reject.errorCode).toMatch(/^IC0(207|406|50[2346]|522)$/);
      }
    }
    await expectSound(network, id, sound);
  });

  it('end in an answer in callbacks, too', async () => {
    const network = await setupNetwork();
    const sound = await network.install(canister(healthy));
    for (const name of NAMES.filter((each) => SYSTEM_API.get(each)?.from.has('Ry') === true)) {
      const id = await network.install(
        canister(`
          (table funcref (elem $callback))
          (func $callback (param $env i32)
            ${I32.map((_, round) => `(if (i32.eq (local.get $env) (i32.const ${round})) (then ${hostileCall(name, round, 3)}))`).join('\n')})
          ${data(100, sound)} ${data(120, 'next')}
          ${I32.map((_, env) => update(`u${env}`, makeCall({ callee: [100, sound.length], method: [120, 4], onReject: 0, env }))).join('\n')}`),
      );
      for (const round of I32.keys()) await network.call(id, `u${round}`);
      await expectSound(network, id, sound);
    }
  });

  it('do not outgrow the log', async () => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(
        update(
          'print',
          `(local $left i32) (local.set $left (i32.const 20000))
           (loop $again
             (call $ic0.debug_print (i32.const 0) (i32.const 65536))
             (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
           (call $reply_empty)`,
        ),
      ),
    );
    expectReply(await network.call(id, 'print'));
    const bytes = network.canister(id).log.records.reduce((sum, { content }) => sum + content.length, 0);
    expect(bytes).toBeLessThan(5000);
  });
});
