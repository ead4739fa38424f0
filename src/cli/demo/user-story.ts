import type { AgentType } from '../../client/index.ts';
import { credentialStory, type DemoAccount, type Fate } from './credential-story.ts';
import { DAY, HOUR, MINUTE, SECOND, type Step } from './plan.ts';
import type { SeededRandom } from './random.ts';
import { workBlock } from './work-block.ts';

/** Somebody of the demo. */
export interface DemoUser {
  /** The user_id, which is also what the cast calls its owner. */
  readonly name: string;
  /** From 0 on; what is special about them follows from it. */
  readonly index: number;
}

/** From when to when the demo goes, ns since 1970. */
export interface Span {
  readonly start: bigint;
  readonly end: bigint;
}

/** What all stories share. */
export interface Scene extends Span {
  /** The text of the principal of somebody of the cast. */
  readonly principalOf: (name: string) => string;
}

/** The agents beside the development agent that users grant, and for which types each is there. */
export const GRANTED_AGENTS = [
  { name: 'code-bot', types: ['GitHub'] },
  { name: 'mail-bot', types: ['Gmail', 'Calendar'] },
] as const satisfies readonly { name: string; types: readonly AgentType[] }[];

const TYPES: readonly AgentType[] = ['GitHub', 'Gmail', 'Calendar', 'Asana', 'InFoundr'];
const FATES: readonly Fate[] = ['kept', 'expired', 'refresh failed', 'revoked', 'refreshed'];
/** When people ask, in hours of the day, the more often the more they ask then. */
const HOURS = [8, 9, 9, 10, 10, 10, 11, 11, 12, 13, 14, 14, 14, 15, 15, 16, 16, 17, 19, 21];
/** Calls at one instant, of which a user's rate lets 100 pass. */
const RUNAWAY_CALLS = 110;

/** All that happens to a user. The first one has the most of everything; what is about the owner comes from the owner. */
export function userStory(user: DemoUser, scene: Scene, random: SeededRandom): readonly Step[] {
  const isFirst = user.index === 0;
  const joined =
    scene.start + (BigInt(isFirst ? 1 : random.between(1, 40)) * (scene.end - scene.start)) / 100n;
  const own: Scene = { ...scene, start: joined };
  const types = isFirst ? TYPES : shuffled(TYPES, random).slice(0, random.between(2, 4));
  const steps = [
    ...linked(user.name, joined),
    ...types.flatMap((agentType, i) => credentials({ user, agentType, i }, own, random)),
    ...grantsOf(user, types).flatMap((grant) => granted(user, grant, own)),
    ...days({ user, types }, own, random),
    ...(user.index % 10 === 3 ? runaway(user.name, own) : []),
    ...(isFirst ? rightNow(user.name, scene.end, random) : []),
  ];
  return steps.filter(({ at }) => at < scene.end);
}

function linked(user: string, joined: bigint): readonly Step[] {
  const label = `link ${user}`;
  return [
    { at: joined - 2n * MINUTE, by: 'agent', method: 'create_link_code', values: { user_id: user }, label },
    {
      at: joined - MINUTE,
      by: user,
      method: 'redeem_link_code',
      // By the interface a link has its code.
      values: (answers) => ({ code: (answers.get(label) as { code: string }).code }),
    },
  ];
}

interface UsersType {
  readonly user: DemoUser;
  readonly agentType: AgentType;
  readonly i: number;
}

function credentials({ user, agentType, i }: UsersType, { start, end }: Span, random: SeededRandom) {
  const storedAt = start + BigInt(i) * MINUTE;
  const account = (fate: Fate, name?: string): DemoAccount => ({
    ...{ user: user.name, agentType, fate, storedAt, end },
    ...(name !== undefined && { account: name }),
  });
  const fate = FATES[(user.index + i) % FATES.length] ?? 'kept';
  const accounts = [account(user.index === 0 && agentType === 'InFoundr' ? 'expiring' : fate)];
  if (user.index % 4 === 0 && agentType === 'GitHub') accounts.push(account('kept', 'work'));
  if (user.index % 5 === 0 && agentType === 'Gmail') accounts.push(account('refreshed', 'work'));
  if (user.index % 5 === 0 && agentType === 'Asana') accounts.push(account('idle', 'work'));
  if (user.index % 5 === 0 && agentType === 'Calendar') accounts.push(account('refused', 'work'));
  return accounts.flatMap((each) => credentialStory(each, random));
}

interface DemoGrant {
  readonly agent: (typeof GRANTED_AGENTS)[number];
  readonly isWithdrawn: boolean;
}

function grantsOf({ index }: DemoUser, types: readonly AgentType[]): readonly DemoGrant[] {
  return GRANTED_AGENTS.filter((agent) => agent.types.some((type) => types.includes(type))).map(
    (agent, i) => ({ agent, isWithdrawn: (index + i) % 3 === 1 }),
  );
}

function withdrawnAt({ start, end }: Span): bigint {
  return start + ((end - start) * 3n) / 5n;
}

function granted(
  { name: by, index }: DemoUser,
  { agent, isWithdrawn }: DemoGrant,
  { principalOf, ...span }: Scene,
): readonly Step[] {
  const about = { user_id: by, agent: principalOf(agent.name) };
  const permissions = index % 2 === 0 ? ['read', 'write', 'credentials'] : ['read', 'write'];
  const at = span.start + BigInt(5 + (index % 40)) * MINUTE;
  const grant: Step = { at, by, method: 'grant_agent', values: { ...about, permissions } };
  if (!isWithdrawn) return [grant];
  return [grant, { at: withdrawnAt(span), by, method: 'withdraw_agent', values: about }];
}

/** Work on weekdays, most of it by day, and little at weekends. */
function days(
  { user, types }: { readonly user: DemoUser; readonly types: readonly AgentType[] },
  span: Span,
  random: SeededRandom,
): readonly Step[] {
  const steps: Step[] = [];
  for (let day = (span.start / DAY) * DAY; day < span.end; day += DAY) {
    const weekday = new Date(Number(day / 1_000_000n)).getUTCDay();
    const isWeekend = weekday === 0 || weekday === 6;
    const most = user.index === 0 ? 5 : 3;
    const count = isWeekend ? Number(random.happens(0.25)) : random.between(most - 2, most);
    for (let block = 0; block < count; block += 1) {
      const at = day + BigInt(random.pick(HOURS)) * HOUR + BigInt(random.between(0, 3599)) * SECOND;
      if (at > span.start + HOUR) steps.push(...work({ user, types, at }, span, random));
    }
  }
  return steps;
}

function work(
  { user, types, at }: { readonly user: DemoUser; readonly types: readonly AgentType[]; readonly at: bigint },
  span: Span,
  random: SeededRandom,
): readonly Step[] {
  const agentType = random.pick(types);
  const grant = grantsOf(user, types).find(({ agent }) => agent.types.some((type) => type === agentType));
  const isBot = grant !== undefined && random.happens(0.25);
  const block = { user: user.name, agentType, at, ends: random.happens(0.7) };
  if (!isBot) return workBlock({ ...block, by: 'agent', leases: random.happens(0.4) }, random.fork());
  const steps = workBlock({ ...block, by: grant.agent.name, leases: false }, random.fork()).map(
    // Withdrawn in the middle, the grant no longer shows it the session that it would end.
    (step): Step => ({ ...step, mayBe: step.method === 'end_agent_session' ? 'NotFound' : 'Unauthorized' }),
  );
  // Without the grant it tries once.
  return grant.isWithdrawn && at > withdrawnAt(span) ? steps.slice(0, 1) : steps;
}

/** An agent in a loop, until the service has enough. */
function runaway(user: string, { start, end }: Span): readonly Step[] {
  const at = start + ((end - start) * 4n) / 5n;
  const call: Step = {
    at,
    by: 'agent',
    method: 'log_activity',
    values: {
      user_id: user,
      agent_type: 'Asana',
      activity_type: 'TaskUpdated',
      description: 'Task synchronised',
    },
    mayBe: 'RateLimited',
  };
  return Array.from({ length: RUNAWAY_CALLS }, () => call);
}

/** What is under way when the demo ends. */
function rightNow(user: string, end: bigint, random: SeededRandom): readonly Step[] {
  const block = { user, by: 'agent', ends: false, leases: true };
  return [
    ...workBlock({ ...block, agentType: 'GitHub', at: end - 50n * MINUTE }, random.fork()),
    ...workBlock({ ...block, agentType: 'Calendar', at: end - 30n * MINUTE }, random.fork()),
  ];
}

function shuffled<T>(items: readonly T[], random: SeededRandom): readonly T[] {
  const keyed = items.map((item) => [random.next(), item] as const);
  return keyed.sort(([a], [b]) => a - b).map(([, item]) => item);
}
