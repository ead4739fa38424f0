import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MarkedSecrets } from '../../support/marked-secrets.ts';
import { raiseRates } from '../../support/records.ts';
import {
  encodeInit,
  HOUR,
  OWNER,
  ok,
  SECOND,
  setupCanister,
  WasmCanister,
} from '../../support/wasm-canister.ts';

/** The version before secrets had slots. */
const BEFORE = resolve(import.meta.dirname, '../../fixtures/releases/before-secret-slots.wasm.gz');

async function steps(secrets: MarkedSecrets, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await secrets.step();
}

/** When the task is due that overwrites what earlier versions left. */
async function dueAt(canister: WasmCanister): Promise<[] | [bigint] | undefined> {
  const tasks = ok(await canister.query('list_tasks', [{}], { sender: OWNER }));
  return tasks.find(({ name }) => name === 'former_secrets')?.due_at;
}

describe('secrets that were removed or replaced, or are over', () => {
  it('are nowhere in stable memory once the message is over, whatever is stored beside them', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    const secrets = new MarkedSecrets(canister, 1);
    for (let round = 0; round < 8; round++) {
      for (let part = 0; part < 5; part++) {
        await steps(secrets, 30);
        expect(secrets.remains()).toEqual([]);
      }
      if (round % 3 === 1) await canister.upgrade();
      await secrets.wait(BigInt(round % 3) * 6n * HOUR);
      expect(secrets.remains()).toEqual([]);
    }
    expect(secrets.count).toBeGreaterThan(100);
    expect(await dueAt(canister)).toEqual([]);
    await secrets.expectKept();
  });

  it('leave no page behind that is not used again', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    const secrets = new MarkedSecrets(canister, 2);
    await steps(secrets, 300);
    await secrets.endAll();
    const { written } = canister.stableUse();
    await steps(secrets, 300);
    await secrets.endAll();
    expect(canister.stableUse().written - written).toBeLessThan(written / 4);
  });
});

describe('an upgrade from a version that left copies of secrets', () => {
  it('removes them by the timer, whatever happens meanwhile, and keeps all that is stored', async () => {
    // After how many calls of the system each message of the task fails: the work is halved each time, so that it takes several.
    const faults: number[] = [];
    const onHostCall = () => {
      const [left] = faults;
      if (left === undefined) return undefined;
      faults[0] = left - 1;
      if (left > 0) return undefined;
      faults.shift();
      return 'a fault of the test';
    };
    const module = new Uint8Array(readFileSync(BEFORE));
    const canister = await setupCanister({ module, onHostCall });
    await raiseRates(canister);
    const secrets = new MarkedSecrets(canister, 3);
    await steps(secrets, 500);
    await secrets.wait(25n * HOUR);
    await steps(secrets, 100);
    expect(secrets.remains().length).toBeGreaterThan(5);

    await canister.upgrade(encodeInit(undefined), WasmCanister.built());
    await secrets.expectKept();
    expect(await dueAt(canister)).toEqual([0n]);
    await steps(secrets, 30);
    for (let round = 0; round < 2; round++) {
      faults.push(5000, 20_000, 20_000, 20_000, 200_000);
      const before = canister.executions.length;
      for (let i = 0; i < 20 && faults.length > 0; i++) await canister.advance(61n * SECOND);
      expect(faults).toEqual([]);
      const work = canister.executions.slice(before).filter(({ instructions }) => instructions > 10_000_000n);
      expect(work.length).toBeGreaterThan(1);
      expect(await dueAt(canister)).toEqual([0n]);
      await canister.upgrade(encodeInit(undefined), WasmCanister.built());
      await secrets.expectKept();
    }
    await steps(secrets, 30);
    await canister.advance(HOUR);
    expect(await dueAt(canister)).toEqual([]);
    expect(secrets.remains()).toEqual([]);
    await secrets.expectKept();
    await steps(secrets, 200);
    expect(secrets.remains()).toEqual([]);
    await secrets.expectKept();
  });
});
