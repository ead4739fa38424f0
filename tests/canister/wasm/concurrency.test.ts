import { describe, expect, it } from 'vitest';
import {
  activitiesOf,
  createSession,
  GITHUB,
  GMAIL,
  raiseRates,
  storeCredentials,
  storeInteraction,
} from '../support/records.ts';
import { START, setupCanister } from '../support/wasm-canister.ts';

describe('calls of the same moment', () => {
  it('all stay, each with an id of its own, newest first', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    const messages = Array.from({ length: 200 }, (_, i) => `message ${i}`);
    const ids = await Promise.all(messages.map((message) => storeInteraction(canister, { message })));
    expect(new Set(ids).size).toBe(200);
    const listed = await canister.query('get_user_agent_interactions', ['user-1', [500]]);
    expect(listed.map(({ message }) => message)).toEqual(messages.toReversed());
    expect(listed.map(({ id }) => id)).toEqual(ids.toReversed());
    expect(new Set(listed.map(({ timestamp }) => timestamp))).toEqual(new Set([START]));
    const activities = await activitiesOf(canister, 'user-1', { limit: 500 });
    expect(activities.map(({ metadata }) => metadata)).toEqual(
      ids.toReversed().map((id) => [`{"interaction_id":"${id}"}`]),
    );
    expect(new Set(activities.map(({ id }) => id)).size).toBe(200);
  });

  it('of several users and kinds never mix', async () => {
    const canister = await setupCanister();
    const users = Array.from({ length: 20 }, (_, i) => `user-${i}`);
    await Promise.all(
      users.flatMap((userId) => [
        createSession(canister, { userId }),
        storeInteraction(canister, { userId, message: userId }),
        storeCredentials(canister, { userId, token: userId }),
        storeInteraction(canister, { userId, message: userId, agentType: GMAIL }),
      ]),
    );
    for (const userId of users) {
      const listed = await canister.query('get_user_agent_interactions', [userId, []]);
      expect(listed.map(({ message, user_id }) => [message, user_id])).toEqual([
        [userId, userId],
        [userId, userId],
      ]);
      expect(await canister.query('get_agent_credentials', [userId, GITHUB])).toMatchObject([
        { token: userId },
      ]);
      expect(await canister.query('get_agent_status', [userId])).toMatchObject({
        total_sessions: 1,
        recent_interactions: 2,
        recent_activities: 4,
      });
    }
  });
});

describe('user ids', () => {
  const lookalikes = ['a', 'a_b', 'a_b_c', 'a_', '_a', 'A', 'a b', 'a  b', 'á', 'à', '\u0430', 'aa'];
  it('that look alike never share a record', async () => {
    const canister = await setupCanister();
    for (const userId of lookalikes) {
      await createSession(canister, { userId });
      await storeInteraction(canister, { userId, message: `m ${userId}` });
      await storeCredentials(canister, { userId, token: `t ${userId}` });
    }
    for (const userId of lookalikes) {
      expect(await canister.query('get_user_agent_interactions', [userId, []])).toMatchObject([
        { message: `m ${userId}` },
      ]);
      expect(await canister.query('get_user_agent_credentials', [userId])).toMatchObject([
        { token: `t ${userId}` },
      ]);
      expect(await canister.query('get_user_agent_sessions', [userId])).toMatchObject([{ user_id: userId }]);
    }
  });
});
