import { describe, expect, it } from 'vitest';
import { AGENT_COLUMNS } from '../../../src/cli/commands/agents.ts';
import { ACTIVITY_COLUMNS } from '../../../src/cli/commands/follow.ts';
import { USER_COMMANDS } from '../../../src/cli/commands/user-commands.ts';
import { readTime } from '../../../src/cli/options/filters.ts';
import { showText, showTime } from '../../../src/cli/output/columns.ts';
import type { Column } from '../../../src/cli/output/table.ts';
import { tokenlessMethod } from '../../../src/cli/service/service-caller.ts';
import type { JsonObject } from '../../../src/json-interface/callers/caller.ts';

/** The fields that columns read. */
function fieldsOf(columns: readonly Column<JsonObject>[]): readonly string[] {
  const fields: string[] = [];
  const row = new Proxy({}, { get: (_row, field) => void fields.push(String(field)) });
  for (const { cell } of columns) cell(row);
  return fields;
}

describe('the tables of commands', () => {
  const lists = [
    ...USER_COMMANDS.filter(({ rows }) => rows === undefined),
    { name: 'agents', method: 'list_agents', columns: AGENT_COLUMNS },
    { name: 'activities', method: 'list_activities', columns: ACTIVITY_COLUMNS },
  ];
  it.each(lists)('of $name has fields that the interface has', ({ method, columns }) => {
    const schema = JSON.stringify(tokenlessMethod(method).answer?.schema);
    for (const field of fieldsOf(columns)) expect(schema).toContain(`"${field}":{`);
  });

  it.each([...lists, ...USER_COMMANDS.filter(({ rows }) => rows !== undefined)])(
    'of $name have no token in their JSON either',
    ({ method }) => {
      expect(JSON.stringify(tokenlessMethod(method).answer?.schema)).not.toMatch(/"token(_data)?"/);
    },
  );
});

describe('the options of commands', () => {
  it('read a time as it is shown, and a date as its local midnight', () => {
    expect(showTime(readTime('2026-11-24T18:30:05'))).toBe('2026-11-24T18:30:05');
    expect(showTime(readTime('2026-11-24'))).toBe('2026-11-24T00:00:00');
    expect(readTime('1970-01-02T00:00:00.001Z')).toBe('86400001000000');
  });

  it.each(['', 'yesterday', '5', '2026-13-01', '1969-12-01', '2026-11-24T99:00'])(
    'take "%s" for no time',
    (text) => expect(() => readTime(text)).toThrow('A time is such as 2026-11-24'),
  );
});

describe('a cell', () => {
  it.each([
    [null, '-'],
    ['', '-'],
    [true, 'yes'],
    [false, 'no'],
    [0, '0'],
    [['read', 'write'], 'read,write'],
    ['18446744073709551615', '18446744073709551615'],
  ])('shows %j as %s', (value, shown) => {
    expect(showText(value)).toBe(shown);
  });

  it('shows the last time that a number has', () => {
    expect(showTime('18446744073709551615')).toMatch(/^2554-07-2\dT/);
    expect([showTime('0'), showTime(null)]).toEqual(['-', '-']);
  });
});
