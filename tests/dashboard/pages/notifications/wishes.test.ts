import { describe, expect, it } from 'vitest';
import type { NotificationRule } from '../../../../src/client/index.ts';
import { GROUPS, rulesOf, wishesOf, withWish } from '../../../../src/dashboard/pages/notifications/wishes.ts';
import { texts } from '../../../../src/dashboard/texts/en.ts';

const rule = (different: Partial<NotificationRule>): NotificationRule => ({
  activityTypes: undefined,
  agentType: undefined,
  channels: [],
  ...different,
});

describe('what a person wants to hear of', () => {
  it('has a place for every kind of activity, once', () => {
    const every = Object.values(GROUPS).flat();
    expect([...every].sort()).toEqual(Object.keys(texts.records.activityTypes).sort());
  });

  it('follows from all rules together', () => {
    const { of } = wishesOf([
      rule({ activityTypes: ['EmailSent', 'TokenLeased'], channels: ['toast'] }),
      rule({ activityTypes: ['TokenLeased'], channels: ['browser'] }),
      rule({ activityTypes: ['EmailRead'] }),
    ]);
    expect(Object.fromEntries(of)).toEqual({
      EmailSent: { toast: true, browser: false },
      TokenLeased: { toast: true, browser: true },
      EmailRead: { toast: false, browser: false },
    });
  });

  it('is everything where a rule names no kind', () => {
    expect(wishesOf([rule({})]).of.size).toBe(Object.keys(texts.records.activityTypes).length);
  });

  it('is the same after it was made into rules, at most four, and keeps rules about one service', () => {
    const kept = rule({ agentType: 'GitHub', channels: ['browser'] });
    const wishes = wishesOf([
      rule({ activityTypes: ['EmailSent', 'EmailRead'], channels: ['toast'] }),
      rule({ activityTypes: ['TokenLeased'], channels: ['toast', 'browser'] }),
      rule({ activityTypes: ['TokenStored'] }),
      rule({ activityTypes: ['TokenExpired'], channels: ['browser'] }),
      kept,
    ]);
    const rules = rulesOf(wishes);
    expect(rules).toHaveLength(5);
    expect(rules.at(-1)).toEqual(kept);
    expect(wishesOf(rules)).toEqual(wishes);
  });

  it('loses every way with the list, and gains the list with any way', () => {
    const none = wishesOf([]);
    const told = withWish(none, { type: 'EmailSent', way: 'toast', isOn: true });
    expect(told.of.get('EmailSent')).toEqual({ toast: true, browser: false });
    expect(withWish(told, { type: 'EmailSent', way: 'list', isOn: false }).of.size).toBe(0);
    expect(none.of.size).toBe(0);
  });
});
