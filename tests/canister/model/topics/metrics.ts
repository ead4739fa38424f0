import type { Arguments } from '../arguments.ts';
import { accountsWithToken } from '../checks.ts';
import { type Call, type Model, Refused } from '../state.ts';

/** Runs an update and counts how it ended; what a query counts does not stay. */
export function counted<T>(m: Model, call: Call, name: string, run: () => T): T {
  const note = (outcome: string) => {
    if (!call.isKept) return;
    const outcomes = m.calls.get(name) ?? new Map<string, number>();
    m.calls.set(name, outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1));
  };
  try {
    const result = run();
    note('Ok');
    return result;
  } catch (error) {
    if (error instanceof Refused) note(error.message);
    throw error;
  }
}

/** What is answered to a request, with the samples of the metrics in the place of their text. */
export function httpAnswer(m: Model, { method, url }: Arguments) {
  const [path] = url.split('?');
  if (path !== '/metrics') return { status_code: 404, body: 'a text' };
  if (method === 'GET') return { status_code: 200, body: samples(m) };
  return method === 'HEAD' ? { status_code: 200, body: '' } : { status_code: 405, body: 'a text' };
}

function samples(m: Model): Record<string, number> {
  const calls = [...m.calls].flatMap(([method, outcomes]) => [
    ...[...outcomes].map(([outcome, count]) => [
      `calls_total{method="${method}",outcome="${outcome}"}`,
      count,
    ]),
    [
      `call_instructions_count{method="${method}"}`,
      [...outcomes.values()].reduce((sum, each) => sum + each, 0),
    ],
  ]);
  const erasing = m.erasures.map(({ user }) => user);
  const all = [...m.users, ...erasing];
  const accounts = m.users.flatMap((user) => [...user.accounts.values()].flat());
  return {
    ...(Object.fromEntries(calls) as Record<string, number>),
    users: m.users.length,
    sessions: all.flatMap(({ sessions }) => sessions).length,
    interactions: all.flatMap(({ interactions }) => interactions).length,
    audit_entries: m.log.length,
    credentials: accounts.filter((account) => account !== undefined).length,
    credentials_in_clear: all.flatMap(accountsWithToken).length,
    agents: m.agents.length,
    admins: m.admins.length,
  };
}

/** The samples in Prometheus' text; throws where a histogram does not add up. */
export function readSamples(text: string): Record<string, number> {
  const found = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^agent_service_(\S+) (\d+)$/.exec(line) ?? [];
    if (name !== undefined) found.set(name, Number(value));
    else if (line !== '' && !/^# (HELP|TYPE) agent_service_/.test(line))
      throw new Error(`no sample: ${line}`);
  }
  for (const [name, count] of found) {
    const [, method] = /^call_instructions_count\{(.*)\}$/.exec(name) ?? [];
    if (method === undefined) continue;
    const buckets = [...found].filter(([other]) => other.startsWith(`call_instructions_bucket{${method},`));
    const values = buckets.map(([, value]) => value);
    if (values.at(-1) !== count || values.some((value, i) => value < (values[i - 1] ?? 0)))
      throw new Error(`the buckets of ${method} do not add up`);
    if ((found.get(`call_instructions_sum{${method}}`) ?? 0) < count * 1000)
      throw new Error(`calls of ${method} took nothing`);
  }
  // How the tasks get on follows from when the test's faults met them.
  const told = [...found].filter(([name]) => !/^(call_instructions_(bucket|sum)|task_)/.test(name));
  return Object.fromEntries(told);
}
