import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { setupDashboard, WHY_NO_BROWSER } from './support/open-dashboard.ts';

const METADATA =
  '{"big":9007199254740993,"huge":1e400,"zero":-0,"one":1.0,"b":1,"a":2,"b":3,"esc":"\\u00e9\\/  x","list":[1.50]}';
const SHOWN: readonly (readonly [name: string, value: string])[] = [
  ['big', '9007199254740993'],
  ['huge', '1e400'],
  ['zero', '-0'],
  ['one', '1.0'],
  ['b', '1'],
  ['a', '2'],
  ['b', '3'],
  ['esc', String.raw`"\u00e9\/  x"`],
];
const MESSAGE = '\ufeffa\u2028b e\u0301 \u{1f600}';

describe.skipIf(WHY_NO_BROWSER !== undefined)('what is stored, in the dapp', () => {
  const dashboard = setupDashboard(async (setup) => {
    const agent = await setup.clientOf('Mail agent');
    const userId = setup.principalOf('Alice').toText();
    const agentType = 'GitHub';
    await agent.storeInteraction({
      userId,
      agentType,
      message: MESSAGE,
      response: 'done',
      success: true,
      metadata: METADATA,
    });
    await agent.logActivity({
      userId,
      agentType,
      activityType: 'TaskCreated',
      description: 'a task',
      metadata: METADATA,
    });
  });

  it.each([
    ['/interactions', 'Interactions'],
    ['/activities?type=TaskCreated', 'Activities'],
  ])('JSON shown otherwise than stored: not in the panel of %s', async (path, name) => {
    const page = await dashboard.open({ person: 'Alice', path });
    await page.getByRole('table', { name }).getByRole('row').nth(1).getByRole('button').first().click();
    const tree = page.getByRole('dialog').locator('.json-tree');
    await tree.waitFor();
    const shown: [string, string][] = [];
    for (const item of await tree.locator(':scope > ul > li').all()) {
      const value = item.locator(':scope > span').nth(1);
      if ((await value.count()) === 0) continue;
      shown.push([await item.locator('.json-name').first().innerText(), await value.innerText()]);
    }
    expect(shown).toEqual(SHOWN);
    expect(await tree.innerText()).toContain('1.50');
  });

  it('JSON shown otherwise than stored: a text is looked for as it was stored', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/interactions' });
    const table = page.getByRole('table', { name: 'Interactions' });
    await table.waitFor();
    for (const [text, rows] of [
      ['9007199254740993', 2],
      ['9007199254740992', 0],
      ['1e400', 2],
    ] as const) {
      await page.getByLabel('Text').fill(text);
      await expect
        .poll(async () => ((await table.isVisible()) ? table.getByRole('row').count() : 0))
        .toBe(rows);
    }
  });

  it.each([
    ['6 minutes ahead', 6],
    ['6 minutes behind', -6],
    ['an hour ahead', 60],
    ['an hour behind', -60],
  ])('the wall clock: a device whose clock is %s reads', async (_how, minutes) => {
    const page: Page = await dashboard.open({
      person: 'Alice',
      path: '/interactions',
      complaint: /status of 400/,
      prepare: (context) =>
        context.addInitScript(`{
          const RealDate = Date, ms = ${minutes} * 60_000;
          Date = class extends RealDate {
            constructor(...args) { if (args.length === 0) super(RealDate.now() + ms); else super(...args); }
            static now() { return RealDate.now() + ms; }
          };
        }`),
    });
    await page.getByRole('table', { name: 'Interactions' }).waitFor();
  });
});
