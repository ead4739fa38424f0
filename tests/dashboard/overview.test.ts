import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fillDay } from './support/fill.ts';
import {
  expectAccessible,
  keepScreenshot,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

describe.skipIf(WHY_NO_BROWSER !== undefined)('the overview', () => {
  const dashboard = setupDashboard(async (setup) => {
    const agent = await setup.clientOf('Mail agent');
    const userId = setup.principalOf('Alice').toText();
    for (const account of ['work', 'home', 'club', 'team', 'band']) {
      await agent.storeCredentials({ userId, agentType: 'Gmail', account, token: 'secret', projectIds: [] });
    }
    await fillDay(setup, 'Alice');
  });

  it('shows the connected services and the newest activity', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    const services = page.getByRole('region', { name: 'Connected services' });
    await services.getByText('Expires soon').waitFor();
    expect(await services.getByRole('listitem').count()).toBe(8);
    await page.getByText('Answered Dana about the invoice of October').first().waitFor();
  });

  it('counts what was done, draws it, and has the numbers as a table too', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    await page.getByText('80 %').waitFor();
    const card = page.getByRole('region', { name: 'Interactions over time' });
    await card.getByRole('img', { name: '5 interactions in the last 30 days' }).waitFor();
    await card.getByRole('button', { name: 'Show as a table' }).click();
    await expectAccessible(page);
    const cells = await card.getByRole('row').last().getByRole('cell').allInnerTexts();
    expect(cells).toEqual(['5', '1']);
    await page.getByLabel('Range').selectOption('Last 7 days');
    await expect.poll(() => card.getByRole('row').count()).toBe(8);
  });

  it('keeps its range in the address, and leaves out one that is not offered', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/?days=8' });
    const range = page.getByLabel('Range');
    expect(await range.inputValue()).toBe('30');
    await range.selectOption('Last 90 days');
    await expect.poll(() => new URL(page.url()).search).toBe('?days=90');
    await page.reload();
    await expect.poll(() => range.inputValue()).toBe('90');
  });

  it('leads from the number of active sessions to them', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    await page.getByRole('link', { name: 'Active sessions' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
    expect(new URL(page.url()).searchParams.get('state')).toBe('active');
  });

  it('has the account of a service on the line of its name, and no gap between its parts', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    const services = page.getByRole('region', { name: 'Connected services' });
    const entry = services.getByRole('listitem').filter({ hasText: 'work' });
    await entry.waitFor();
    // The ends of the lines of the service's and of the account's text.
    const ends = await page.evaluate<number[]>(`(() => {
      const entry = [...document.querySelectorAll('.rows li')].find((row) => row.textContent.includes('work'));
      const walker = document.createTreeWalker(entry, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      return ['Gmail', 'work'].map((text) => {
        while (walker.nextNode()) if (walker.currentNode.data.trim() === text) break;
        range.selectNodeContents(walker.currentNode);
        return range.getBoundingClientRect().bottom;
      });
    })()`);
    expect(ends[1]).toBeCloseTo(ends[0] ?? Number.NaN, 0);
    const bottomOf = async (part: Locator) => {
      const box = await part.boundingBox();
      return (box?.y ?? Number.NaN) + (box?.height ?? Number.NaN);
    };
    const chart = page.getByRole('region', { name: 'Interactions over time' });
    const activity = await page.getByRole('region', { name: 'Newest activity' }).boundingBox();
    expect((activity?.y ?? Number.NaN) - (await bottomOf(chart))).toBeLessThan(40);
  });

  it('is drawn where the browser names a language that there is not', async () => {
    const page = await dashboard.open({
      person: 'Alice',
      prepare: (context) =>
        context.addInitScript(
          "Object.defineProperty(Navigator.prototype, 'language', { get: () => 'en-US@posix' })",
        ),
    });
    await page.getByRole('img', { name: 'interactions in the last 30 days' }).waitFor();
    expect(await page.evaluate('navigator.language')).toBe('en');
  });

  it('says what will be there where there is nothing yet', async () => {
    const page = await dashboard.open({ person: 'Bob' });
    await page.getByText('No service is connected').waitFor();
    await page.getByText('Nothing happened yet').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'overview-empty');
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`is accessible: ${name}`, async () => {
      const page = await dashboard.open({ person: 'Alice', view });
      await page.getByText('Expires soon').waitFor();
      await expectAccessible(page);
      await keepScreenshot(page, `overview-${name}`);
    });
  }
});
