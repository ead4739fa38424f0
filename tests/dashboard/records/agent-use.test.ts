import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { dateField, endOfDay } from '../../../src/dashboard/components/dates.ts';
import { othersIn, usesIn } from '../../../src/dashboard/records/agent-use.ts';
import { textIn } from '../../../src/dashboard/service/text-in.ts';
import { activity } from '../support/activity.ts';

const AGENT = Principal.fromText('2vxsx-fae').toText();
const about = JSON.stringify({ agent: AGENT });

describe('usesIn', () => {
  it('takes the newest activity of an agent as its last use', () => {
    const uses = usesIn([activity({ timestamp: 9n }), activity({ timestamp: 3n })]);
    expect(uses.get(AGENT)).toEqual({ lastAt: 9n, isWithdrawn: false });
  });

  const actor = Principal.managementCanister();
  const granted = activity({ actor, activityType: 'AgentGranted', metadata: about });
  const withdrawn = activity({ actor, activityType: 'AgentWithdrawn', metadata: about });
  it.each([
    ['withdrawn last', [withdrawn, granted], true],
    ['granted again', [granted, withdrawn], false],
  ])('knows an agent that was %s', (_name, activities, isWithdrawn) => {
    const used = activity({ timestamp: 2n });
    expect(usesIn([used, ...activities]).get(AGENT)).toEqual({ lastAt: 2n, isWithdrawn });
    expect(usesIn([...activities, used]).get(AGENT)).toEqual({ lastAt: 2n, isWithdrawn });
  });
});

describe('textIn', () => {
  it.each([
    [undefined, undefined],
    ['no JSON', undefined],
    ['null', undefined],
    ['[1]', undefined],
    ['{"purpose":7}', undefined],
    ['{"purpose":"mail"}', 'mail'],
  ])('of %s is %s', (metadata, found) => expect(textIn(metadata, 'purpose')).toBe(found));
});

describe('the end of a day', () => {
  it('is what a date field names, and is shown as the same day', () => {
    const end = endOfDay('2027-02-28');
    expect(dateField(end)).toBe('2027-02-28');
    expect(dateField((end ?? 0n) + 1_000_000n)).toBe('2027-03-01');
  });

  it('is missing where the field is empty', () => {
    expect(endOfDay('')).toBeUndefined();
    expect(dateField(undefined)).toBe('');
  });
});

describe('othersIn', () => {
  it('lists who acted and holds no grant, the last first, and nobody for themself', () => {
    const rights = { agentTypes: [], permissions: [], expiresAt: undefined, grantedAt: 0n };
    const uses = new Map([
      ['early', { lastAt: 1n, isWithdrawn: false }],
      ['late', { lastAt: 2n, isWithdrawn: true }],
      ['me', { lastAt: 3n, isWithdrawn: false }],
      [AGENT, { lastAt: 4n, isWithdrawn: false }],
    ]);
    const grants = [{ agent: Principal.fromText(AGENT), ...rights }];
    const others = othersIn({ counted: { byAgent: [] }, grants, uses, own: ['me'] });
    expect(others.map(({ agent }) => agent)).toEqual(['late', 'early']);
  });
});
