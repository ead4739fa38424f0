import { DAY, HOUR, inOrder, MINUTE, type Step } from './plan.ts';
import { SeededRandom } from './random.ts';
import { GRANTED_AGENTS, type Scene, userStory } from './user-story.ts';

/** Everything that happens in the demo, in order: first the agents are named, then each user has their story. */
export function demoPlan(users: readonly string[], scene: Scene, seed: number): readonly Step[] {
  const random = new SeededRandom(seed);
  const stories = users.flatMap((name, index) => userStory({ name, index }, scene, random.fork()));
  return inOrder([...agents(scene), ...stories]);
}

function agents({ start, end, principalOf }: Scene): readonly Step[] {
  const add = (name: string, terms: object, i: number): Step => ({
    at: start + BigInt(i) * MINUTE,
    by: 'admin',
    method: 'add_agent',
    values: { agent: principalOf(name), name, ...terms },
  });
  return [
    ...GRANTED_AGENTS.map(({ name, types }, i) =>
      add(name, { agent_types: types, scope: 'granted_users' }, i),
    ),
    add('insights', { permissions: ['read'], expires_at: String(end + 60n * DAY) }, 2),
    add('summer-trial', { permissions: ['read', 'write'], expires_at: String(start + 3n * HOUR) }, 3),
  ];
}
