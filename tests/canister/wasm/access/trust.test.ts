import { describe, expect, it } from 'vitest';
import { LATEST, measureExpiry } from '../../../../bench/expiry.ts';
import type { AccountPage } from '../../../../src/candid/agent_service.did.ts';
import type { StablePages } from '../../../../src/replica/state/stable-pages.ts';
import { ingressFee } from '../../../../src/replica/system-api/cycle-costs.ts';
import {
  createSession,
  GITHUB,
  newAgent,
  newCredentials,
  newGrant,
  raiseRates,
  someLimits,
} from '../../support/records.ts';
import {
  AGENT,
  type Args,
  encodeArgs,
  HOUR,
  type MethodName,
  OWNER,
  ok,
  principal,
  SECOND,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const ADMIN = { sender: OWNER };
const DAY = 24n * HOUR;
const TYPES = ['GitHub', 'Asana', 'Gmail', 'Calendar', 'InFoundr'] as const;

/** How many interactions are stored before; a million are for `npm run bench:full`. */
const STORED = 10_000;
/** How many interactions of the largest size one agent stores, which takes some minutes. */
const LARGE = 1000;

const THIRD_PARTY = principal(90);
const VICTIM = principal(91);

async function setLimits(canister: WasmCanister, given: Parameters<typeof someLimits>[0]): Promise<void> {
  const request = { limits: [someLimits(given)], retention: [], query_tokens: [] };
  ok(await canister.call('update_settings', [request as Args<'update_settings'>[0]], ADMIN));
}

/** What an update costs the canister behind an honest node, in cycles. */
async function paidFor(canister: WasmCanister, method: MethodName, arg: Uint8Array, sender = principal(99)) {
  canister.executions.length = 0;
  const outcome = await canister.rawCall(method, arg, { sender });
  const paid = canister.executions.filter(({ entryPoint }) => entryPoint !== 'F');
  const cycles = paid.reduce((sum, each) => sum + Number(each.cycles), 0);
  return { outcome, cycles: paid.length === 0 ? 0 : cycles + Number(ingressFee(method, arg)) };
}

describe('work bounded by counts', () => {
  it("leaves everybody's expiry in time while large interactions are removed and an agent does its worst", async () => {
    const canister = await setupCanister();
    await raiseRates(canister);

    const delay = await measureExpiry(canister, { n: STORED, large: LARGE, seconds: 30 });

    expect(delay.worst_delay_s).toBeLessThanOrEqual(Number(LATEST / SECOND));
    expect(delay.traps).toBe(0);
    expect(delay.worst_task_instructions).toBeLessThan(8_000_000_000);
    const victim = principal(91).toText();
    expect(await canister.query('get_user_agent_interactions', [victim, []])).toEqual([]);
  }, 900_000);

  it('puts aside what traps, tells of it, and ends everything else in time', async () => {
    const canister = await setupCanister();
    for (let i = 0; i < 3; i++) await createSession(canister, { userId: `user-${i}` });
    // The version of the first session's record becomes one that nobody knows.
    await canister.changeStable((stable) => breakRecord(stable, 'ses-0000000000000001'));
    await canister.advance(DAY);
    for (let waited = 0; waited < 24; waited++) await canister.advance(5n * SECOND);
    for (const user of ['user-1', 'user-2']) {
      const [session] = await canister.query('get_user_agent_sessions', [user]);
      expect(session?.is_active).toBe(false);
    }
    const tasks = ok(await canister.query('list_tasks', [{}], ADMIN));
    expect(tasks.find(({ name }) => name === 'sessions')).toMatchObject({ set_aside: 1n, stuck_since: [] });
    const others = tasks.filter(({ name }) => name !== 'sessions');
    expect(others.every(({ traps }) => traps === 0n)).toBe(true);
  });
});

/** Makes the version byte of a session without a token, which stands 22 bytes before its id, one that is not known. */
function breakRecord(stable: StablePages, id: string): void {
  for (const [, page] of stable.pages()) {
    const at = Buffer.from(page.buffer, page.byteOffset, page.byteLength).indexOf(id);
    if (at >= 22) {
      page[at - 22] = 0x77;
      return;
    }
  }
  throw new Error('the record was not found');
}

describe('refusals cost the service', () => {
  it('little where a query is sent as an update, whatever is stored', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    const metadata: [string] = [`"${'m'.repeat(60_000)}"`];
    for (let i = 0; i < 40; i++)
      await canister.call('log_agent_activity', ['user-1', GITHUB, { TaskCreated: null }, 'd', metadata]);
    const entries = encodeArgs('get_audit_entries', [{ from: [], limit: [500] }]);
    expect((await paidFor(canister, 'get_audit_entries', entries)).cycles).toBeLessThan(50_000_000);
    const events = encodeArgs('get_events', [{ after: [0n], limit: [500], filter: [] }]);
    expect((await paidFor(canister, 'get_events', events)).cycles).toBeLessThan(50_000_000);
    const metrics = { method: 'GET', url: '/metrics', headers: [], body: [], certificate_version: [] };
    const http = encodeArgs('http_request', [metrics as never]);
    expect((await paidFor(canister, 'http_request', http)).cycles).toBeLessThan(50_000_000);
  });

  it('little where a long message is about a user who did not grant it', async () => {
    const canister = await setupCanister();
    ok(
      await canister.call(
        'add_agent',
        [newAgent({ agent: THIRD_PARTY, scope: [{ granted_users: null }] })],
        ADMIN,
      ),
    );
    const large = 'x'.repeat(256 * 1024);
    const arg = encodeArgs('store_agent_interaction', ['somebody', GITHUB, large, large, true, []]);
    const { outcome, cycles } = await paidFor(canister, 'store_agent_interaction', arg, THIRD_PARTY);
    expect(outcome).toMatchObject({
      kind: 'rejected',
      reject: { message: expect.stringContaining('Unauthorized') as string },
    });
    expect(cycles).toBe(0);
  });

  it('a bounded number a minute of all strangers together, which keeps neither agents nor newcomers with a code out', async () => {
    const canister = await setupCanister();
    const code = ok(await canister.call('create_link_code', [{ user_id: 'newcomer' }]));
    let served = 0;
    for (let i = 0; i < 150; i++) {
      const sender = principal(100 + (i % 100));
      const wrong = await canister.call('redeem_link_code', [{ code: `WRONG-${i}` }], { sender });
      expect(wrong).toHaveProperty('Err');
      const result = await canister.call('create_agent_session', ['u', GITHUB, [], [], []], { sender });
      if ('Err' in result && 'Unauthorized' in result.Err) served++;
      else expect(result).toHaveProperty('Err.RateLimited');
    }
    expect(served).toBe(100);
    expect(
      await canister.call('create_agent_session', ['u', GITHUB, [], [], []], { sender: AGENT }),
    ).toHaveProperty('Ok');
    const linked = await canister.call('redeem_link_code', [{ code: code.code }], { sender: principal(250) });
    expect(linked).toEqual({ Ok: { user_id: 'newcomer' } });
  });
});

describe('heap by refused calls', () => {
  it('keeps nothing of a user_id that is none, also past inspect_message', async () => {
    const canister = await setupCanister({ uninspected: true });
    await raiseRates(canister);
    const arg = encodeArgs('get_agent_status', ['u'.repeat(900_000)]);
    for (let i = 0; i < 5; i++) {
      const outcome = await canister.rawCall('get_agent_status', arg);
      expect(outcome).toMatchObject({ kind: 'rejected' });
    }
    expect(Number(canister.executions.at(-1)?.instructions)).toBeLessThan(50_000_000);
    expect(await createSession(canister)).toMatch(/^ses-/);
  });
});

describe("quotas that don't bind", () => {
  it('bind for grants, codes and rules', async () => {
    const canister = await setupCanister();
    ok(
      await canister.call(
        'add_agent',
        [newAgent({ agent: THIRD_PARTY, scope: [{ granted_users: null }] })],
        ADMIN,
      ),
    );
    const grant = newGrant({ user_id: VICTIM.toText(), agent: THIRD_PARTY });
    ok(await canister.call('grant_agent', [grant], { sender: VICTIM }));
    await createSession(canister, { userId: 'by-an-agent' });
    await setLimits(canister, { bytes: 1n });
    expect(await canister.call('grant_agent', [grant], { sender: VICTIM })).toHaveProperty(
      'Err.QuotaExceeded',
    );
    const withdrawn = await canister.call(
      'withdraw_agent',
      [{ user_id: VICTIM.toText(), agent: THIRD_PARTY }],
      { sender: VICTIM },
    );
    expect(withdrawn).toEqual({ Ok: null });
    expect(await canister.call('create_link_code', [{ user_id: 'by-an-agent' }])).toHaveProperty(
      'Err.QuotaExceeded',
    );
    const rules = { user_id: VICTIM.toText(), rules: [{ activity_types: [], agent_type: [], channels: [] }] };
    expect(
      await canister.call('update_notification_settings', [rules as never], { sender: VICTIM }),
    ).toHaveProperty('Err.QuotaExceeded');
  });

  it('bind for principals that nobody named', async () => {
    const canister = await setupCanister();
    ok(
      await canister.call(
        'add_agent',
        [newAgent({ agent: THIRD_PARTY, scope: [{ granted_users: null }] })],
        ADMIN,
      ),
    );
    const change = { changes: [{ name: 'unknown_callers_burst', value: [1_000_000n] }] };
    ok(await canister.call('update_service_limits', [change as never], ADMIN));
    let made = 0;
    for (let i = 0; i < 150; i++) {
      const sender = principal(100 + i);
      const grant = newGrant({ user_id: sender.toText(), agent: THIRD_PARTY });
      const result = await canister.call('grant_agent', [grant], { sender });
      if ('Ok' in result) made++;
      else expect(result).toHaveProperty('Err.RateLimited');
    }
    expect(made).toBe(100);
  });
});

describe('silent cut', () => {
  it('of 35 large accounts is refused, and all come page by page', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    const name = 'x'.repeat(512);
    const projectIds = Array.from({ length: 256 }, (): [string, string] => [name, name]);
    for (const type of TYPES) {
      for (let slot = 0; slot < 7; slot++) {
        const account: [] | [string] = slot === 0 ? [] : [`account ${slot}`];
        const request = newCredentials({
          agent_type: { [type]: null } as never,
          account,
          project_ids: [projectIds],
        });
        ok(await canister.call('store_credentials', [request]));
      }
    }
    const all = await canister.query('list_credentials', [{ user_id: 'user-1', agent_type: [] }]);
    expect(all).toHaveProperty('Err.InvalidArgument.field', 'agent_type');
    for (const type of TYPES) {
      const request = { user_id: 'user-1', agent_type: [{ [type]: null }] };
      expect(ok(await canister.query('list_credentials', [request as never]))).toHaveLength(7);
    }
    let count = 0;
    for (let cursor: [] | [string] = [], pages = 0; pages < 40; pages++) {
      const request: Args<'list_accounts'> = [{ user_id: 'user-1', agent_type: [], limit: [], cursor }];
      const page: AccountPage = ok(await canister.query('list_accounts', request));
      count += page.items.length;
      cursor = page.next_cursor;
      if (cursor.length === 0) break;
    }
    expect(count).toBe(35);
  });
});
