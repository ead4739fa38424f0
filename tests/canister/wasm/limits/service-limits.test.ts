import { describe, expect, it } from 'vitest';
import type { ServiceLimitChange } from '../../../../src/candid/agent_service.did.ts';
import { OWNER, ok, setupCanister, type WasmCanister } from '../../support/wasm-canister.ts';

const ADMIN = { sender: OWNER };
const TOKEN_DATA_DAYS = { name: 'token_data_days', by_default: 180n, least: 1n, most: 3650n };

function change(name: string, value?: bigint): ServiceLimitChange {
  return { name, value: value === undefined ? [] : [value] };
}

function update(canister: WasmCanister, ...changes: ServiceLimitChange[]) {
  return canister.call('update_service_limits', [{ changes }], ADMIN);
}

async function tokenDataDays(canister: WasmCanister) {
  return ok(await canister.query('list_service_limits', [{}], ADMIN))[0];
}

describe('the limits of the service', () => {
  it('are listed by name, with their defaults and ranges', async () => {
    const canister = await setupCanister();
    expect(ok(await canister.query('list_service_limits', [{}], ADMIN))).toContainEqual({
      ...TOKEN_DATA_DAYS,
      value: 180n,
      is_set: false,
    });
  });

  it('are changed by name, go back to the default by null, and outlive an upgrade', async () => {
    const canister = await setupCanister();
    ok(await update(canister, change('token_data_days', 3650n)));
    await canister.upgrade();
    expect(await tokenDataDays(canister)).toEqual({ ...TOKEN_DATA_DAYS, value: 3650n, is_set: true });
    ok(await update(canister, change('token_data_days')));
    expect(await tokenDataDays(canister)).toEqual({ ...TOKEN_DATA_DAYS, value: 180n, is_set: false });
    await canister.upgrade();
    expect(await tokenDataDays(canister)).toEqual({ ...TOKEN_DATA_DAYS, value: 180n, is_set: false });
  });

  it('leave an entry in the audit log that says what is set', async () => {
    const canister = await setupCanister();
    ok(await update(canister, change('token_data_days', 30n)));
    const { entries } = ok(await canister.query('get_audit_entries', [{ from: [], limit: [] }], ADMIN));
    const [content] = entries.at(-1)?.content ?? [];
    expect(content).toMatchObject({
      kind: 'SettingsChanged',
      description: 'Service limits changed',
      metadata: ['{"token_data_days":30}'],
      actor: OWNER,
    });
  });

  it.each<readonly [what: string, changes: readonly ServiceLimitChange[], field: string, message: RegExp]>([
    [
      'an unknown name',
      [change('token_days', 1n)],
      'name',
      /must be one of token_data_days.*; there is no limit "token_days"/,
    ],
    ['a name of 7,000 bytes', [change('n'.repeat(7000), 1n)], 'name', /must be 1 to 512 bytes long, is 7000/],
    ['an empty name', [change('', 1n)], 'name', /must be 1 to 512 bytes long, is 0/],
    ['0', [change('token_data_days', 0n)], 'token_data_days', /^must be 1 to 3650, is 0$/],
    [
      'a value past the range',
      [change('token_data_days', 3651n)],
      'token_data_days',
      /^must be 1 to 3650, is 3651$/,
    ],
    ['2^64 - 1', [change('token_data_days', 2n ** 64n - 1n)], 'token_data_days', /is 18446744073709551615$/],
    ['no change', [], 'changes', /must not be empty/],
    [
      'more changes than limits',
      Array.from({ length: 50 }, () => change('token_data_days', 1n)),
      'changes',
      /at most/,
    ],
  ])('refuse %s, and change nothing', async (_what, changes, field, message) => {
    const canister = await setupCanister();
    const before = canister.stableDigest();
    expect(await update(canister, ...changes)).toEqual({
      Err: { InvalidArgument: { field, message: expect.stringMatching(message) as string } },
    });
    expect(canister.stableDigest()).toBe(before);
  });
});
