import { describe, expect, it } from 'vitest';
import { createSession, httpRequest, storeCredentials, storeInteraction } from '../../support/records.ts';
import {
  AGENT,
  ANONYMOUS,
  OWNER,
  STRANGER,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const NOBODY = { sender: ANONYMOUS };

async function ask(canister: WasmCanister, request: Parameters<typeof httpRequest>[0] = {}) {
  const { status_code, headers, body } = await canister.query('http_request', [httpRequest(request)], NOBODY);
  return {
    status: status_code,
    headers: Object.fromEntries(headers) as Record<string, string>,
    text: Buffer.from(body).toString(),
  };
}

/** The samples by their name and labels. */
async function metricsOf(canister: WasmCanister): Promise<Record<string, number>> {
  const { text } = await ask(canister);
  const metrics: Record<string, number> = {};
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name, value] = /^agent_service_(\w+(?:\{\S+\})?) (\d+)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`no sample: ${line}`);
    metrics[name] = Number(value);
  }
  return metrics;
}

describe('/metrics', () => {
  it("is Prometheus' text format, each family with its help and type before its samples", async () => {
    const canister = await setupCanister();
    await createSession(canister);
    const { status, headers, text } = await ask(canister);
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(text.endsWith('\n')).toBe(true);
    const types = new Map<string, string>();
    for (const line of text.trimEnd().split('\n')) {
      const [, name, type] = /^# TYPE (\w+) (counter|gauge|histogram)$/.exec(line) ?? [];
      if (name !== undefined && type !== undefined) types.set(name, type);
      else if (line.startsWith('#')) expect(line).toMatch(/^# HELP agent_service_\w+ \S.*\.$/);
      else expect([...types.keys()]).toContain(line.replace(/(_(bucket|sum|count))?(\{.*)? \d+$/, ''));
    }
    expect([...types].filter(([, type]) => type !== 'gauge')).toEqual([
      ['agent_service_calls_total', 'counter'],
      ['agent_service_call_instructions', 'histogram'],
      ['agent_service_task_traps_total', 'counter'],
      ['agent_service_task_set_aside_total', 'counter'],
    ]);
  });

  it('counts what is stored', async () => {
    const canister = await setupCanister();
    await createSession(canister);
    await storeCredentials(canister, { userId: 'user-2' });
    await storeInteraction(canister);
    expect(await metricsOf(canister)).toMatchObject({
      users: 2,
      sessions: 1,
      interactions: 1,
      // The owner and the agent of the installation, and one for each change.
      audit_entries: 5,
      credentials: 1,
      agents: 1,
      admins: 1,
    });
  });

  it('counts updates by method and outcome, and what they took, but no queries', async () => {
    const canister = await setupCanister();
    await createSession(canister);
    await createSession(canister);
    await canister.call('end_agent_session', ['none']);
    await canister.call('create_agent_session', ['', { GitHub: null }, [], [], []]);
    await canister.call('create_agent_session', ['u', { GitHub: null }, [], [], []], { sender: STRANGER });
    await canister.rawCall('create_agent_session', Uint8Array.of(1));
    await canister.rawCall('get_agent_status', Uint8Array.of(1));
    await canister.query('get_agent_status', ['user-1']);
    const metrics = await metricsOf(canister);
    const calls = Object.entries(metrics).filter(([name]) => name.startsWith('calls_total'));
    expect(Object.fromEntries(calls)).toEqual({
      'calls_total{method="create_agent_session",outcome="Ok"}': 2,
      'calls_total{method="create_agent_session",outcome="InvalidArgument"}': 1,
      'calls_total{method="create_agent_session",outcome="Unauthorized"}': 1,
      'calls_total{method="create_agent_session",outcome="Malformed"}': 1,
      'calls_total{method="end_agent_session",outcome="NotFound"}': 1,
    });
    const bucket = (le: string) =>
      metrics[`call_instructions_bucket{method="create_agent_session",le="${le}"}`];
    const count = metrics['call_instructions_count{method="create_agent_session"}'];
    expect([bucket('1e9'), bucket('1000000000'), bucket('+Inf'), count]).toEqual([undefined, 5, 5, 5]);
    const bounds = [1e6, 2e6, 5e6, 1e7, 1e8, 1e9].map((bound) => bucket(`${bound}`) ?? -1);
    expect(bounds).toEqual(bounds.toSorted((left, right) => left - right));
    const sum = metrics['call_instructions_sum{method="create_agent_session"}'] ?? 0;
    expect(sum).toBeGreaterThan(1e6);
    expect(sum).toBeLessThan(2e7);
  });

  it('counts a call that waited for randomness once, with all that it took', async () => {
    const canister = await setupCanister();
    await canister.call('create_link_code', [{ user_id: 'u' }]);
    const executed = canister.executions.slice(-2).map(({ instructions }) => Number(instructions));
    const metrics = await metricsOf(canister);
    expect(metrics['calls_total{method="create_link_code",outcome="Ok"}']).toBe(1);
    expect(metrics['call_instructions_sum{method="create_link_code"}']).toBeGreaterThan(
      Math.max(...executed),
    );
  });

  it('begins anew at an upgrade', async () => {
    const canister = await setupCanister();
    await createSession(canister);
    await canister.upgrade();
    const names = Object.keys(await metricsOf(canister));
    expect(names.filter((name) => name.includes('method'))).toEqual([]);
    expect(await metricsOf(canister)).toMatchObject({ sessions: 1 });
  });

  it('names no user, agent, token or principal, and no balance', async () => {
    const canister = await setupCanister();
    await createSession(canister, { userId: 'a-user-of-ours' });
    await storeCredentials(canister, { userId: 'a-user-of-ours', token: 'a-token-of-theirs' });
    const { text } = await ask(canister);
    for (const secret of [
      'of-ours',
      'of-theirs',
      'cycles',
      ...[AGENT, OWNER].map((who) => who.toText().slice(0, 5)),
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  it('is got by HEAD without its body', async () => {
    const canister = await setupCanister();
    expect(await ask(canister, { method: 'HEAD', url: '/metrics?x=1' })).toMatchObject({
      status: 200,
      text: '',
    });
  });
});

describe('http_request', () => {
  it.each([
    ['another path', { url: '/' }, 404, 'There is nothing here but /metrics.\n'],
    ['a path below', { url: '/metrics/' }, 404, 'There is nothing here but /metrics.\n'],
    ['a path that looks alike', { url: '/%6detrics' }, 404, 'There is nothing here but /metrics.\n'],
    ['another path by POST', { method: 'POST', url: '/x' }, 404, 'There is nothing here but /metrics.\n'],
    ['POST', { method: 'POST' }, 405, 'The metrics are read by GET.\n'],
    ['a method in small letters', { method: 'get' }, 405, 'The metrics are read by GET.\n'],
  ])('refuses %s in plain words', async (_what, request, status, text) => {
    const canister = await setupCanister();
    const answer = await ask(canister, request);
    expect(answer).toMatchObject({ status, text, headers: { 'content-type': 'text/plain; charset=utf-8' } });
    expect(answer.headers['allow']).toBe(status === 405 ? 'GET, HEAD' : undefined);
  });
});
