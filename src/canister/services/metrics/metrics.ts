import type { Store } from '../../storage/store.ts';
import { accountsInClear } from '../sealing/accounts-in-clear.ts';
import type { TaskState } from '../tasks/task.ts';
import { INSTRUCTION_BOUNDS, type MethodCalls } from './method-calls.ts';

const SECOND_NS = 1_000_000_000n;

/** What is measured: the calls of each method by its name, and what is stored. */
export interface Measured {
  readonly calls: ReadonlyMap<string, MethodCalls>;
  readonly store: Store;
  readonly tasks: readonly TaskState[];
  /** ns since 1970. */
  readonly now: bigint;
}

/**
 * Prometheus' text format 0.0.4. Nobody has to be known to read it, so that it names no user, agent or principal, and not what the canister
 * can pay.
 */
export function metricsText({ calls, store, tasks, now }: Measured): string {
  const called = [...calls].filter(([, { cumulative }]) => (cumulative.at(-1) ?? 0) > 0);
  return [
    ...family('calls_total', 'counter', 'Update calls since the code was loaded, by method and outcome.'),
    ...called.flatMap(([method, { outcomes }]) =>
      [...outcomes].map(([outcome, count]) => sample('calls_total', { method, outcome }, count)),
    ),
    ...family('call_instructions', 'histogram', 'Instructions that update calls took, by method.'),
    ...called.flatMap(([method, of]) => histogram(method, of)),
    ...gauges(store),
    ...taskSamples(tasks, now),
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
  return [
    ...Object.entries(sizes).flatMap(([name, size]) => [
      ...family(name, 'gauge', `How many ${name.replace('_', ' ')} are stored.`),
      sample(name, {}, size),
    ]),
    ...family(
      'credentials_in_clear',
      'gauge',
      'How many accounts have a token or a grant that is not sealed.',
    ),
    sample('credentials_in_clear', {}, accountsInClear(store)),
  ];
}

function taskSamples(tasks: readonly TaskState[], now: bigint): string[] {
  const each = (name: string, type: string, help: string, valueOf: (task: TaskState) => number) => [
    ...family(name, type, help),
    ...tasks.map((task) => sample(name, { task: task.name }, valueOf(task))),
  ];
  return [
    ...each(
      'task_traps_total',
      'counter',
      'Messages of a task that trapped since the code was loaded.',
      (task) => task.traps,
    ),
    ...each(
      'task_set_aside_total',
      'counter',
      'Things that a task put aside because they trap.',
      (task) => task.setAside,
    ),
    ...each('task_behind_seconds', 'gauge', 'How long what a task has to do has been due.', ({ dueAt }) =>
      dueAt === undefined || dueAt === 0n || dueAt > now ? 0 : Number((now - dueAt) / SECOND_NS),
    ),
    ...each('task_stuck', 'gauge', 'Whether each message of a task traps.', (task) =>
      Number(task.stuckSince !== undefined),
    ),
  ];
}

function family(name: string, type: string, help: string): string[] {
  return [`# HELP agent_service_${name} ${help}`, `# TYPE agent_service_${name} ${type}`];
}

/** The values of labels are names of our own, in which nothing has to be escaped. */
function sample(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
  return `agent_service_${name}${pairs.length === 0 ? '' : `{${pairs.join()}}`} ${value}`;
}
