import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NEVER_SET } from '../../src/canister/models/notifications/notifications.ts';

const TEXT = readFileSync(join(import.meta.dirname, '../../docs/explanation/notifications.md'), 'utf8');

describe('docs/explanation/notifications.md', () => {
  it('has the activities that users are notified of unless they say so, and no others', () => {
    const [, list = ''] = /is notified by toast of\n\n(.*?)\n\n/s.exec(TEXT) ?? [];
    const told = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    const rules = NEVER_SET.rules.flatMap(({ activityTypes }) => activityTypes ?? []);
    expect(told.toSorted()).toEqual(rules.toSorted());
    expect(NEVER_SET.rules.map(({ channels }) => channels)).toEqual([['toast']]);
  });
});
