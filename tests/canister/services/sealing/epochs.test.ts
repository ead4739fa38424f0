import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgentType, agentTypes } from '../../../../src/canister/models/agent-type.ts';
import type { RecipientKind } from '../../../../src/canister/models/sealing/recipient.ts';
import type { Caller } from '../../../../src/canister/policy/access/caller.ts';
import { Epochs } from '../../../../src/canister/services/sealing/epochs.ts';
import { arg, setupServices } from '../../support/service-world.ts';

const AGENTS = [1, 2, 3].map((number) => Uint8Array.of(100, number));
const USERS = ['maya', 'nora'];
const TYPES: readonly AgentType[] = ['GitHub', 'Gmail'];
const OWNERS = [1, 2].map((number) => Uint8Array.of(50, number));
const KINDS: readonly RecipientKind[] = ['owner', 'user', 'agent_type'];
const SECOND = 1_000_000_000n;

type World = ReturnType<typeof setupServices>;

/** Something that may be refused, which changes nothing then. */
interface Step {
  readonly name: string;
  readonly run: (world: World, call: Caller) => void;
}

const agent = fc.constantFrom(...AGENTS);
const userId = fc.constantFrom(...USERS);
const types = fc.option(fc.subarray([...TYPES], { minLength: 1 }), { nil: undefined });
const permissions = fc.option(fc.subarray(['read', 'write', 'credentials'] as const, { minLength: 1 }), {
  nil: undefined,
});
const scope = fc.constantFrom('every_user', 'granted_users', undefined);
const life = fc.option(fc.bigInt(1n, 50n), { nil: undefined });

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(agent, types, permissions, scope, life).map(([principal, agent_types, allowed, kind, ends]) => ({
    name: 'add_agent',
    run: ({ agents }: World, call: Caller) =>
      agents.add(
        {
          agent: principal,
          name: arg('n'),
          agent_types,
          permissions: allowed,
          scope: kind,
          expires_at: endOf(call, ends),
        },
        call,
      ),
  })),
  fc.tuple(agent, types, permissions, scope, life).map(([principal, agent_types, allowed, kind, ends]) => ({
    name: 'update_agent',
    run: ({ agents }: World, call: Caller) =>
      agents.update(
        {
          agent: principal,
          name: undefined,
          agent_types,
          permissions: allowed,
          scope: kind,
          expires_at: endOf(call, ends),
        },
        call,
      ),
  })),
  agent.map((principal) => ({
    name: 'remove_agent',
    run: ({ agents }: World, call: Caller) => agents.remove({ agent: principal }, call),
  })),
  fc
    .tuple(userId, agent, types, permissions, life)
    .map(([user_id, principal, agent_types, allowed, ends]) => ({
      name: 'grant_agent',
      run: ({ grants }: World, call: Caller) =>
        grants.grant(
          {
            user_id: arg(user_id),
            agent: principal,
            agent_types,
            permissions: allowed,
            expires_at: endOf(call, ends),
          },
          call,
        ),
    })),
  fc.tuple(userId, agent).map(([user_id, principal]) => ({
    name: 'withdraw_agent',
    run: ({ grants }: World, call: Caller) =>
      grants.withdraw({ user_id: arg(user_id), agent: principal }, call),
  })),
  fc.tuple(userId, fc.constantFrom(...OWNERS)).map(([user_id, principal]) => ({
    name: 'redeem_link_code',
    run({ links, store }: World, call: Caller) {
      links.issueCode({ user_id: arg(user_id) }, call, crypto.getRandomValues(new Uint8Array(32)));
      const user = store.users.numberOf(arg(user_id).utf8) ?? 0;
      const link = store.links.get(user);
      const owner = { principal, since: call.now };
      store.links.put(user, { userId: arg(user_id).utf8, ...link, owner, code: undefined });
    },
  })),
  userId.map((user_id) => ({
    name: 'unlink_user',
    run: ({ links }: World, call: Caller) => links.unlink({ user_id: arg(user_id) }, call),
  })),
  userId.map((user_id) => ({
    name: 'erase_user',
    run: ({ erasures }: World, call: Caller) =>
      erasures.erase({ user_id: arg(user_id) }, call, { byUser: true, self: Uint8Array.of(9) }),
  })),
  fc.bigInt(1n, 40n).map((seconds) => ({
    name: 'time',
    run({ clock }: World) {
      clock.now += seconds * SECOND;
    },
  })),
);

function endOf(call: Caller, seconds: bigint | undefined): bigint | undefined {
  return seconds === undefined ? undefined : call.now + seconds * SECOND;
}

/** Everybody's rights to the tokens of a user and agent type, and the epochs, as a stranger to the code would list them. */
function look(world: World, user_id: string, type: AgentType) {
  const { access, store, call } = world;
  const typeCode = agentTypes.codeOf(type);
  const user = store.users.numberOf(arg(user_id).utf8);
  const subject = { userId: () => arg(user_id).utf8, user: () => user, typeCode };
  // Also by an instance that has nothing in memory, as after an upgrade.
  const now = call().now;
  const recipients = new Epochs(store).recipients({ user, typeCode, isPrivate: false }, now);
  return KINDS.map((kind, at) => ({
    kind,
    epoch: recipients[at]?.epoch ?? -1,
    who: [...AGENTS, ...OWNERS]
      .filter((principal) => access.isRecipient({ ...call(), principal }, kind, subject))
      .map((principal) => principal.join()),
    // A user_id that is erased is another user's when it comes again.
    of: kind === 'agent_type' ? 0 : user,
  }));
}

describe('the epochs of recipients', () => {
  it('move on with whatever ends a right, are never less, and are no two users’', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), (steps) => {
        const world = setupServices();
        const places = USERS.flatMap((user) => TYPES.map((type) => [user, type] as const));
        let before = places.map((place) => look(world, ...place));
        for (const { name, run } of steps) {
          try {
            run(world, world.call());
          } catch (error) {
            if (!(error instanceof Error && error.name === 'Refusal')) throw error;
          }
          const after = places.map((place) => look(world, ...place));
          for (const [at, kinds] of after.entries()) {
            for (const [i, now] of kinds.entries()) {
              const then = before[at]?.[i];
              if (then === undefined) continue;
              const ended = then.who.filter((principal) => !now.who.includes(principal));
              const isAnother = then.of !== undefined && then.of !== now.of;
              const least = then.epoch + Number(ended.length > 0 || isAnother);
              const found = { after: name, place: places[at], then, now };
              expect(now.epoch, JSON.stringify(found)).toBeGreaterThanOrEqual(least);
            }
          }
          before = after;
        }
      }),
      { numRuns: 150 },
    );
  });

  it('stay as they are with what ends no right', () => {
    const world = setupServices();
    const { agents, grants, call, clock } = world;
    const [bot = new Uint8Array(0)] = AGENTS;
    const about = { user_id: arg('maya'), agent: bot, agent_types: undefined, permissions: undefined };
    const rights = { agent_types: undefined, permissions: undefined, expires_at: undefined };
    agents.add({ agent: bot, name: arg('n'), ...rights, scope: 'granted_users' }, call());
    grants.grant({ ...about, expires_at: clock.now + 10n }, call());
    const before = look(world, 'maya', 'GitHub').map(({ epoch }) => epoch);
    agents.update({ agent: bot, name: arg('another name'), ...rights, scope: undefined }, call());
    grants.grant({ ...about, expires_at: clock.now + 20n }, call());
    grants.grant({ ...about, expires_at: undefined }, call());
    expect(look(world, 'maya', 'GitHub').map(({ epoch }) => epoch)).toEqual(before);
  });

  it('move on for the agent type alone that a grant does not have any more', () => {
    const world = setupServices();
    const { agents, grants, call } = world;
    const [bot = new Uint8Array(0)] = AGENTS;
    const about = { user_id: arg('maya'), agent: bot, permissions: undefined, expires_at: undefined };
    const all = { agent_types: undefined, permissions: undefined, expires_at: undefined };
    agents.add({ agent: bot, name: arg('n'), ...all, scope: 'granted_users' }, call());
    grants.grant({ ...about, agent_types: ['GitHub', 'Gmail'] }, call());
    const before = TYPES.map((type) => look(world, 'maya', type)[1]?.epoch ?? 0);
    grants.grant({ ...about, agent_types: ['GitHub'] }, call());
    const after = TYPES.map((type) => look(world, 'maya', type)[1]?.epoch ?? 0);
    expect(after.map((epoch, i) => epoch - (before[i] ?? 0))).toEqual([0, 1]);
    expect(look(world, 'nora', 'Gmail')[1]?.epoch).toBe(0);
  });
});
