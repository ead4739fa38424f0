import { Random } from '../../../replica/support/random.ts';
import { CONTROLLER, type MethodName, START } from '../../support/wasm-canister.ts';
import { DAY } from '../checks.ts';
import { NO_FILTERS } from '../lists.ts';
import { type Entry, type Model, userOf } from '../state.ts';
import { CALLERS, USER_IDS } from './callers.ts';
import { nextOperation, type Operation } from './operations.ts';
import { Run } from './run.ts';

/** Operations of one sequence, on a canister of its own: few enough for a message of the retention to look at all that they leave. */
export const SEQUENCE = 500;
/** After how many everything that can be read is compared. */
const BATCH = 250;

/** A sequence after which canister and model differ, and how. */
export interface Failure {
  readonly operations: readonly Operation[];
  readonly difference: string;
}

/** Takes canister and model through a random sequence; undefined where they agree. */
export async function runRandom(seed: number): Promise<Failure | undefined> {
  const random = new Random(seed);
  return run(SEQUENCE, (model) => nextOperation(model, random), true);
}

/** Takes canister and model through these operations; at the end everything that can be read is compared, unless told. */
export async function replay(
  operations: readonly Operation[],
  { compares = true }: { readonly compares?: boolean } = {},
): Promise<Failure | undefined> {
  const rest = [...operations];
  return run(operations.length, () => rest.shift() ?? { kind: 'upgrade' }, compares);
}

async function run(
  count: number,
  next: (model: Run['model']) => Operation,
  compares: boolean,
): Promise<Failure | undefined> {
  const both = await Run.begin();
  const operations: Operation[] = [];
  try {
    for (let at = 1; at <= count; at++) {
      const operation = next(both.model);
      operations.push(operation);
      const difference = await both.step(operation);
      if (difference !== undefined) return { operations, difference };
      if (!compares || (at % BATCH !== 0 && at !== count)) continue;
      const found = await readsDiffer(both);
      if (found !== undefined) return { ...found, operations: [...operations, ...found.operations] };
    }
    return undefined;
  } catch (error) {
    return {
      operations,
      difference: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  } finally {
    await both.end();
  }
}

/** Leaves out what a failure does not need: queries, then ever smaller parts of the sequence, as long as it fails without them. */
export async function shrink(failure: Failure, tell: (left: number) => void): Promise<Failure> {
  // Mostly the last operation is the query that finds it, so that nothing else has to be compared.
  const compares = (await replay(failure.operations, { compares: false })) === undefined;
  const last = failure.operations.at(-1);
  const changing = failure.operations.filter((each) => each.kind !== 'query' || each === last);
  let smallest = (await replay(changing, { compares })) ?? failure;
  tell(smallest.operations.length);
  for (
    let size = Math.ceil(smallest.operations.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < smallest.operations.length; ) {
      const rest = smallest.operations.toSpliced(at, size);
      const again = await replay(rest, { compares });
      if (again === undefined) at += size;
      else smallest = again;
    }
    tell(smallest.operations.length);
  }
  return smallest;
}

/** Compares everything that can be read, as several callers see it; the operation is the query that differs, if it is one. */
async function readsDiffer(both: Run): Promise<Failure | undefined> {
  for (const read of reads(both.model)) {
    const difference = await both.step(read);
    if (difference !== undefined) return { operations: [read], difference };
  }
  const difference = (await both.bytesDiffer()) ?? (await both.chainDiffers());
  return difference === undefined ? undefined : { operations: [], difference };
}

const FILTERS = { ...NO_FILTERS, limit: 500, cursor: null };
/** All that was counted in the longest time that can be asked for. */
const COUNTS = { agent_type: null, agent: null, from: null, until: null, interval: null };
const ALL_DAYS = { ...COUNTS, from: START - DAY, interval: 'day' };

const NO_RETENTION = {
  interactions_days: null,
  interactions_newest: null,
  activities_days: null,
  activities_newest: null,
  limit: 500,
  cursor: null,
};

const METRICS = { method: 'GET', url: '/metrics', headers: [], body: '', certificate_version: null };

function reads(m: Model): Operation[] {
  const read = (method: MethodName, sender: string, args: object = {}): Operation => ({
    kind: 'query',
    method,
    sender,
    args,
  });
  const controller = CONTROLLER.toText();
  const ofUsers = USER_IDS.flatMap((user_id) =>
    // An agent with every right, unless it was taken; the user; another user; an admin.
    [CALLERS[0], CALLERS[4] ?? '', CALLERS[5] ?? '', CALLERS[7] ?? ''].flatMap((sender) => [
      read('get_user_agent_sessions', sender, { user_id }),
      read('get_user_agent_credentials', sender, { user_id }),
      read('get_agent_status', sender, { user_id }),
      read('get_usage', sender, { user_id }),
      read('get_user_retention', sender, { user_id }),
      read('list_interactions', sender, { ...FILTERS, user_id }),
      read('list_activities', sender, { ...FILTERS, user_id }),
      read('list_credentials', sender, { user_id, agent_type: null }),
      read('list_grants', sender, { user_id }),
      read('list_blocked_agents', sender, { user_id }),
      read('get_user_analytics', sender, { ...ALL_DAYS, user_id }),
      read('get_user_analytics', sender, { ...COUNTS, user_id, interval: 'hour' }),
      ...[0n, middleOf(userOf(m, user_id)?.activities)].map((after) =>
        read('get_events', sender, {
          after,
          limit: after === 0n ? 500 : 3,
          filter: { user_id, agent_type: null, activity_types: null },
        }),
      ),
      read('list_notifications', sender, { user_id, limit: 500, cursor: null }),
      read('get_notification_settings', sender, { user_id }),
      ...[null, 'sessions:', 'interactions:', 'activities:'].map((cursor) =>
        read('export_user', sender, { user_id, cursor }),
      ),
    ]),
  );
  const ofCallers = CALLERS.flatMap((sender) => [
    read('list_my_users', sender),
    read('get_audit_entries', sender, { from: null, limit: 500 }),
    ...(['list_agents', 'list_admins', 'get_settings'] as const).map((method) => read(method, sender)),
    read('get_agent_limits', controller, { agent: sender }),
    ...[0n, middleOf(m.log)].map((after) => read('get_events', sender, { after, limit: 500, filter: null })),
    read('get_service_analytics', controller, { ...ALL_DAYS, agent: sender }),
  ]);
  const ofService = [
    read('list_users', controller, { limit: null, cursor: null }),
    ...[1n, 2n].map((days) =>
      read('preview_retention', controller, {
        ...NO_RETENTION,
        interactions_days: days,
        activities_newest: 3n,
      }),
    ),
    read('preview_retention', controller, NO_RETENTION),
    read('get_service_analytics', controller, ALL_DAYS),
    read('get_service_analytics', controller, { ...COUNTS, interval: 'hour' }),
    read('http_request', controller, METRICS),
  ];
  return [...ofUsers, ...ofCallers, ...ofService];
}

/** The index of the entry in the middle. */
function middleOf(entries: readonly Entry[] = []): bigint {
  return BigInt(entries[entries.length >> 1]?.number ?? 0);
}
