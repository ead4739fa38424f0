import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ALICES, setupDemo } from './support/demo.ts';
import { keepScreenshot, WHY_NO_BROWSER } from './support/open-dashboard.ts';
import { addressOf, drawn, goTo, routePaths, settled, WIDTHS } from './support/pages.ts';

const isOperators = (path: string) => path.startsWith('/operator');
const YOURS = routePaths().filter((path) => !isOperators(path));
const OPERATORS = routePaths().filter(isOperators);

/** Alice's lists whose rows open a panel; where they have filters, one that leaves some rows. */
const LISTS: readonly (readonly [
  path: string,
  filter: readonly [label: string, value: string] | undefined,
])[] = [
  ['/sessions', ['State', 'ended']],
  ['/credentials', ['State', 'active']],
  ['/interactions', ['Result', 'no']],
  ['/activities', ['Type', 'TokenLeased']],
  ['/agents', undefined],
  ['/notifications', undefined],
];

/** Run in the page: states and services in tables of which a part is not seen, which no ellipsis tells. */
const CUT_OFF = `[...document.querySelectorAll('.table-row .badge, .table-row .agent-type')]
  .filter((part) => part.getBoundingClientRect().right > part.closest('.table-open, .table-note, .table-row > *').getBoundingClientRect().right + 1)
  .map((part) => part.textContent)`;

/** How often a page that is wrong is drawn again: records and fonts may come after it. */
const REDRAWS = 30;

/** What a browser says of a file that it cannot have while it is offline. */
const NOT_LOADED = /Failed to load resource|dynamically imported module|net::ERR/;

describe.skipIf(WHY_NO_BROWSER !== undefined)('the dapp, with the data of the demo,', () => {
  const dashboard = setupDemo();
  const panel = (page: Page) => page.getByRole('dialog');
  /** An agent and a session of Alice's. */
  const examples = async () => {
    const alice = await dashboard.clientOf('Alice');
    const { items } = await alice.listSessions({ userId: ALICES, limit: 1, withoutTokens: true });
    return {
      agent: dashboard.service.identities.agent.identity.getPrincipal().toText(),
      session: items[0]?.sessionId ?? '',
    };
  };
  /** What is wrong with the page as wide as its window is now: parts that stick out, or are cut off. */
  const wrongIn = async (page: Page): Promise<readonly string[]> => {
    const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    const cut = await page.evaluate<string[]>(CUT_OFF);
    return [
      ...(over > 0 ? [`${over} px too wide`] : []),
      ...[...new Set(cut)].map((part) => `cut off: ${part}`),
    ];
  };
  /** What is wrong with it at any of the widths, and stays so once it is drawn. */
  const tooWide = async (page: Page, name: string): Promise<readonly string[]> => {
    const wide: string[] = [];
    for (const [widthName, width] of Object.entries(WIDTHS)) {
      await page.setViewportSize({ width, height: 800 });
      await drawn(page);
      let wrong = await wrongIn(page);
      for (let tries = 0; wrong.length > 0 && tries < REDRAWS; tries += 1) {
        await drawn(page);
        wrong = await wrongIn(page);
      }
      wide.push(...wrong.map((what) => `${name} at ${widthName}: ${what}`));
    }
    return wide;
  };

  it.each([
    ['Alice', YOURS],
    ['Operator', OPERATORS],
  ] as const)('scrolls sideways nowhere, for %s, with panels and without', async (person, paths) => {
    const page = await dashboard.open({ person });
    const wide: string[] = [];
    const given = await examples();
    for (const path of paths) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await goTo(page, addressOf(path, given));
      wide.push(...(await tooWide(page, path)));
      await keepScreenshot(page, `demo-${person}${path.replaceAll(/[/$]+/g, '-')}-360`);
      const row = page.locator('.table-open').first();
      if ((await row.count()) === 0) continue;
      await row.click();
      await panel(page).waitFor();
      wide.push(...(await tooWide(page, `the panel of ${path}`)));
    }
    expect(wide).toEqual([]);
  });

  it.each([
    ...YOURS.map((path) => ['Alice', path] as const),
    ...OPERATORS.map((path) => ['Operator', path] as const),
  ])(
    'offline, %s opens a page that was not visited, %s: it says so, and comes by itself',
    async (person, path) => {
      const address = addressOf(path, await examples());
      const page = await dashboard.open({
        person,
        // The code of no page is loaded before it is asked for.
        prepare: (context) =>
          context.addInitScript(
            "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })",
          ),
        // The overview is what is left from.
        path: path === '/' ? '/ids' : '/',
        complaint: NOT_LOADED,
      });
      await settled(page);
      await page.context().setOffline(true);
      await page.getByText('Offline. The pages show').waitFor();
      // As a link in the page does.
      await page.evaluate(`history.pushState({}, '', ${JSON.stringify(address)})`);
      await page.getByText('You are offline. It opens by itself').waitFor();
      await page.context().setOffline(false);
      await page.getByText('Offline. The pages show').waitFor({ state: 'detached' });
      await settled(page);
      expect(new URL(page.url()).pathname).toBe(new URL(address, dashboard.url).pathname);
      const main = page.getByRole('main');
      expect(await main.getByRole('alert').filter({ hasText: /\S/ }).allInnerTexts()).toEqual([]);
      const shown = await page.getByRole('heading', { level: 1 }).innerText();

      // A page that is there stays, offline too.
      await page.context().setOffline(true);
      await page.getByText('Offline. The pages show').waitFor();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(shown);
      await page.context().setOffline(false);
      await page.getByText('Offline. The pages show').waitFor({ state: 'detached' });
      await page.context().close();
    },
  );

  it.each(LISTS)('Back, and a reload, in the list %s', async (path, filter) => {
    const page = await dashboard.open({ person: 'Alice', path });
    const openRow = () => page.locator('.table-open').first().click();
    await settled(page);
    if (filter !== undefined) {
      const [label, value] = filter;
      await page.getByLabel(label, { exact: true }).selectOption(value);
      await settled(page);
    }
    const filtered = page.url();
    await openRow();
    await panel(page).waitFor();
    const opened = page.url();
    expect(opened).not.toBe(filtered);
    const facts = () => panel(page).locator('dl').first().innerText();
    await expect.poll(() => panel(page).locator('.skeleton').count()).toBe(0);
    const known = (await facts()).replaceAll(/\b(in )?\d+ \w+\.?( ago)?/g, '');
    await page.reload();
    await panel(page).waitFor();
    await expect.poll(async () => (await facts()).replaceAll(/\b(in )?\d+ \w+\.?( ago)?/g, '')).toBe(known);

    // To what the record names, and back to it.
    const link = panel(page).locator('dl').first().getByRole('link').first();
    if ((await link.count()) > 0) {
      await link.click();
      await expect.poll(() => page.url()).not.toBe(opened);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.goBack();
      await panel(page).waitFor();
      expect(page.url()).toBe(opened);
    }
    await page.goBack();
    await panel(page).waitFor({ state: 'detached' });
    expect(page.url()).toBe(filtered);
    if (filter === undefined) return;
    const [label, value] = filter;
    expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe(value);
    await page.goBack();
    await expect.poll(() => page.getByLabel(label, { exact: true }).inputValue()).toBe('');
    expect(new URL(page.url()).pathname).toBe(path);
  });
});
