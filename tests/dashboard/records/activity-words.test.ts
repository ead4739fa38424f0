import { describe, expect, it } from 'vitest';
import type { AgentActivity } from '../../../src/client/index.ts';
import { toldBy, wordsOf } from '../../../src/dashboard/records/activity-words.ts';
import { activity } from '../support/activity.ts';

const GRANTED = 'aaaaa-aa';

describe('what an activity says', () => {
  it.each<[string, Partial<AgentActivity>]>([
    [
      'Gmail: send a reply',
      { activityType: 'TokenLeased', description: 'Token leased', metadata: '{"purpose":"send a reply"}' },
    ],
    [
      'Gmail, work: to refresh the token',
      { activityType: 'TokenLeased', metadata: '{"account":"work","fencing":"1794751759703000018"}' },
    ],
    ['Gmail: no reason was given', { activityType: 'TokenLeased', description: 'Token leased' }],
    [
      'Gmail, work: Invalid grant: the user changed the password',
      {
        activityType: 'TokenRefreshFailed',
        metadata: '{"account":"work","reason":"invalid_grant: the user changed the password"}',
      },
    ],
    [
      'Gmail, work',
      { activityType: 'TokenStored', description: 'Credentials stored', metadata: '{"account":"work"}' },
    ],
    ['Stored by my own code', { activityType: 'TokenStored', description: 'Stored by my own code' }],
    [
      'Gmail refused: resource busy',
      { activityType: 'ErrorOccurred', description: 'Gmail refused: resource_busy' },
    ],
    ['Pushed to acme/my_repo', { activityType: 'TaskUpdated', description: 'Pushed to acme/my_repo' }],
  ])('in words: %s', (words, different) => {
    expect(wordsOf(activity(different))).toBe(words);
  });

  it('tells a time and a purpose of a lease, and no agent that is no principal', () => {
    const metadata = `{"until":"1795590048503000000","fencing":"7","agent":"${GRANTED}"}`;
    const told = toldBy(activity({ activityType: 'TokenLeased', metadata }));
    expect(told).toMatchObject({
      until: 1_795_590_048_503_000_000n,
      purpose: 'To refresh the token',
      agent: GRANTED,
    });
    expect(toldBy(activity({ metadata: '{"agent":"somebody","until":"soon"}' }))).toMatchObject({
      agent: undefined,
      until: undefined,
    });
  });
});
