import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { fillActivities } from './support/fill-activities.ts';
import { setupDashboard, WHY_NO_BROWSER } from './support/open-dashboard.ts';

/** A run by hand shows more of what grows: LONG_LIST=100000. */
const COUNT = Number(process.env['LONG_LIST'] ?? 10_000);
const PAGE_ITEMS = 50;
const ROW_PX = 45;
/** The feed asks every two seconds. */
const LIVE = { timeout: 30_000 };
/** How much more script a late page may take than an early one. */
const MOST_GROWTH = 2.5;

/** Scrolls to the end of what was read until the list holds `rows` rows; resolves with the most rows that stood in the document. */
const readUntil = (page: Page, rows: number): Promise<number> =>
  page.evaluate(
    `(async () => {
      const body = document.querySelector('.table-body');
      let most = 0;
      while (body.clientHeight < ${rows * ROW_PX}) {
        scrollTo(0, document.documentElement.scrollHeight);
        await new Promise(requestAnimationFrame);
        most = Math.max(most, body.querySelectorAll('[role=row]').length);
      }
      return most;
    })()`,
  );

vi.setConfig({ hookTimeout: 120_000 + 10 * COUNT, testTimeout: 120_000 + 10 * COUNT });

describe.skipIf(WHY_NO_BROWSER !== undefined)(`a list of ${COUNT} activities`, () => {
  const dashboard = setupDashboard((setup) => fillActivities(setup, 'Alice', COUNT));

  it('reads its last page with as much work as its first ones, and holds few rows in the document', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/activities' });
    await page.getByRole('table', { name: 'Activities' }).waitFor();
    const metrics = await page.context().newCDPSession(page);
    await metrics.send('Performance.enable');
    const script = async () => {
      const found = (await metrics.send('Performance.getMetrics')).metrics;
      return found.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN;
    };
    const part = 40 * PAGE_ITEMS;
    const scriptOf = async (from: number) => {
      await readUntil(page, from);
      const before = await script();
      expect(await readUntil(page, from + part)).toBeLessThan(80);
      return (await script()) - before;
    };
    const early = await scriptOf(40 * PAGE_ITEMS);
    const late = await scriptOf(COUNT - part);
    if (process.env['LONG_LIST'] !== undefined) console.log({ early, late, ratio: late / early });
    expect(late / early).toBeLessThan(MOST_GROWTH);
    await page.getByText('That is all').waitFor();
  });

  it('keeps the rows in sight where they are while newer ones come', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/activities' });
    const table = page.getByRole('table', { name: 'Activities' });
    await table.waitFor();
    await readUntil(page, 500);
    await page.evaluate(`scrollTo(0, ${250 * ROW_PX})`);
    const row = table.getByRole('row').filter({ hasText: `Message ${COUNT - 255}` });
    await row.waitFor();
    const rows = () => page.evaluate(`document.querySelector('.table-body').clientHeight / ${ROW_PX}`);
    const [before, shown] = [await row.boundingBox(), Number(await rows())];
    const agent = await dashboard.clientOf('Mail agent');
    const userId = dashboard.principalOf('Alice').toText();
    for (const description of ['One more', 'And another']) {
      await agent.logActivity({ userId, agentType: 'Gmail', activityType: 'EmailSent', description });
    }
    await expect.poll(rows, LIVE).toBe(shown + 2);
    expect(await row.boundingBox()).toEqual(before);
  });
});
