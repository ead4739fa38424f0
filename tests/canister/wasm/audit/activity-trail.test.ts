import { describe, expect, it } from 'vitest';
import {
  activitiesOf,
  createSession,
  GITHUB,
  optionOf,
  storeCredentials,
  storeInteraction,
} from '../../support/records.ts';
import { AGENT, HOUR, OWNER, START, setupCanister } from '../../support/wasm-canister.ts';

/** The audit log begins with the owner and the two agents of the installation. */
const FIRST_ENTRIES = 3;

/** A text that no test data has elsewhere. */
const SECRET = 'marker-7f3a9c';

describe('the activity trail', () => {
  it('has one activity for each change, by its author, with what it is about', async () => {
    const canister = await setupCanister({ agents: [AGENT, OWNER] });
    const about = (kind: string, id: string) => [`{"${kind}_id":"${id}"}`];
    const [session, other] = ['ses-0000000000000001', 'ses-0000000000000002'];
    const interaction = 'int-0000000000000001';
    const later: [bigint] = [START + HOUR];
    const changes: [() => Promise<unknown>, string, string, string[]][] = [
      [() => createSession(canister), 'SessionCreated', 'Session created', about('session', session)],
      [
        () => canister.call('update_agent_session', [session, [SECRET], [], []]),
        'SessionUpdated',
        'Session updated',
        about('session', session),
      ],
      [
        () => canister.call('end_agent_session', [session]),
        'SessionEnded',
        'Session ended',
        about('session', session),
      ],
      [
        () => storeCredentials(canister, { token: SECRET, expiresAt: START + HOUR }),
        'TokenStored',
        'Credentials stored',
        [],
      ],
      [
        () => canister.call('update_agent_credentials', ['user-1', GITHUB, [SECRET], [], [], [], [], later]),
        'TokenRefreshed',
        'Credentials updated',
        [],
      ],
      [
        () => storeInteraction(canister),
        'InteractionCompleted',
        'Interaction completed',
        about('interaction', interaction),
      ],
      [
        () => storeInteraction(canister, { success: false }),
        'InteractionCompleted',
        'Interaction failed',
        about('interaction', 'int-0000000000000002'),
      ],
      [
        () => canister.call('log_agent_activity', ['user-1', GITHUB, { TaskCreated: null }, 'd', ['1']]),
        'TaskCreated',
        'd',
        ['1'],
      ],
      [() => createSession(canister), 'SessionCreated', 'Session created', about('session', other)],
    ];
    let count = 0;
    for (const [change, type, description, metadata] of changes) {
      await change();
      const listed = await activitiesOf(canister, 'user-1');
      expect(listed).toHaveLength(++count);
      expect(listed[0]).toEqual({
        id: `act-${(FIRST_ENTRIES + count).toString(16).padStart(16, '0')}`,
        user_id: 'user-1',
        agent_type: GITHUB,
        activity_type: { [type]: null },
        description,
        timestamp: START,
        metadata,
        actor: AGENT,
      });
    }
    await canister.advance(25n * HOUR);
    const expired = await activitiesOf(canister, 'user-1', { limit: 2 });
    expect(expired.map(({ activity_type }) => optionOf(activity_type)).sort()).toEqual([
      'SessionExpired',
      'TokenExpired',
    ]);
    for (const { actor } of expired) expect(actor).toEqual(canister.id);
  });

  it('never has a secret: each stands in its own record alone', async () => {
    const canister = await setupCanister();
    await canister.call('create_agent_session', ['user-1', GITHUB, [SECRET], [], []]);
    expect(canister.countInStable(SECRET)).toBe(1);
    await canister.call('store_agent_credentials', [
      'user-1',
      GITHUB,
      SECRET,
      [`{"refresh":"${SECRET}"}`],
      [],
      [],
      [],
      [],
    ]);
    expect(canister.countInStable(SECRET)).toBe(3);
    await canister.call('end_agent_session', ['ses-0000000000000001']);
    await storeInteraction(canister);
    const trail = await canister.rawQuery('get_user_agent_activities', userArgs('user-1'));
    expect(JSON.stringify(trail)).not.toContain(SECRET);
    // The session's token went with its end.
    expect(canister.countInStable(SECRET)).toBe(2);
  });
});

/** `(text)`, with the opt after it left out. */
function userArgs(userId: string): Uint8Array {
  const utf8 = new TextEncoder().encode(userId);
  return Uint8Array.of(0x44, 0x49, 0x44, 0x4c, 0, 1, 0x71, utf8.length, ...utf8);
}
