import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MarkedSecrets } from '../../support/marked-secrets.ts';
import { raiseRates } from '../../support/records.ts';
import { encodeInit, HOUR, SECOND, setupCanister, WasmCanister } from '../../support/wasm-canister.ts';

/** The version before secrets had slots. */
const BEFORE = resolve(import.meta.dirname, '../../fixtures/releases/before-secret-slots.wasm.gz');

async function steps(secrets: MarkedSecrets, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await secrets.step();
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
    const fault = { left: Number.POSITIVE_INFINITY, fired: 0 };
    const onHostCall = () => {
      if (fault.left-- > 0) return undefined;
      fault.left = Number.POSITIVE_INFINITY;
      fault.fired++;
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
    await steps(secrets, 30);
    for (const calls of [50, 5000, 50_000]) {
      fault.left = calls;
      await canister.advance(61n * SECOND);
      await canister.upgrade(encodeInit(undefined), WasmCanister.built());
      await secrets.expectKept();
    }
    expect(fault.fired).toBeGreaterThan(1);
    fault.left = Number.POSITIVE_INFINITY;
    await steps(secrets, 30);
    await canister.advance(HOUR);
    expect(secrets.remains()).toEqual([]);
    await secrets.expectKept();
    await steps(secrets, 200);
    expect(secrets.remains()).toEqual([]);
    await secrets.expectKept();
  });
});
