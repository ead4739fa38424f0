import type { Store } from '../storage/store.ts';
import { INSTRUCTION_BOUNDS, type MethodCalls } from './method-calls.ts';

/** What is measured: the calls of each method by its name, and what is stored. */
export interface Measured {
  readonly calls: ReadonlyMap<string, MethodCalls>;
  readonly store: Store;
}

/**
 * Prometheus' text format 0.0.4. Nobody has to be known to read it, so that it names no user, agent or principal, and not what the canister
 * can pay.
 */
export function metricsText({ calls, store }: Measured): string {
  const called = [...calls].filter(([, { cumulative }]) => (cumulative.at(-1) ?? 0) > 0);
  return [
    ...family('calls_total', 'counter', 'Update calls since the code was loaded, by method and outcome.'),
    ...called.flatMap(([method, { outcomes }]) =>
      [...outcomes].map(([outcome, count]) => sample('calls_total', { method, outcome }, count)),
    ),
    ...family('call_instructions', 'histogram', 'Instructions that update calls took, by method.'),
    ...called.flatMap(([method, of]) => histogram(method, of)),
    ...gauges(store),
    '',
  ].join('\n');
}

function histogram(method: string, { cumulative, instructions }: MethodCalls): string[] {
  const buckets = cumulative.map((count, i) =>
    sample('call_instructions_bucket', { method, le: `${INSTRUCTION_BOUNDS[i] ?? '+Inf'}` }, count),
  );
  return [
    ...buckets,
    sample('call_instructions_sum', { method }, instructions),
    sample('call_instructions_count', { method }, cumulative.at(-1) ?? 0),
  ];
}

function gauges(store: Store): string[] {
  const sizes = {
    users: store.users.size(),
    sessions: store.sessions.size(),
    interactions: store.interactions.size(),
    audit_entries: store.activities.size(),
    credentials: store.credentials.size(),
    agents: store.agents.size(),
    admins: store.admins.size(),
  };
  return Object.entries(sizes).flatMap(([name, size]) => [
    ...family(name, 'gauge', `How many ${name.replace('_', ' ')} are stored.`),
    sample(name, {}, size),
  ]);
}

function family(name: string, type: string, help: string): string[] {
  return [`# HELP agent_service_${name} ${help}`, `# TYPE agent_service_${name} ${type}`];
}

/** The values of labels are names of our own, in which nothing has to be escaped. */
function sample(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
  return `agent_service_${name}${pairs.length === 0 ? '' : `{${pairs.join()}}`} ${value}`;
}
