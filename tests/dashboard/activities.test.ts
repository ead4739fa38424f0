import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fillDay } from './support/fill.ts';
import {
  expectAccessible,
  keepScreenshot,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

describe.skipIf(WHY_NO_BROWSER !== undefined)('the page of activities', () => {
  const dashboard = setupDashboard(async (setup) => {
    await fillDay(setup, 'Alice');
    const agent = await setup.clientOf('Mail agent');
    await agent.logActivity({
      userId: setup.principalOf('Alice').toText(),
      agentType: 'Asana',
      activityType: 'TaskCreated',
      description: '=HYPERLINK("http://evil.example")',
    });
  });
  const openTable = async (path: string): Promise<Page> => {
    const page = await dashboard.open({ person: 'Alice', path });
    await page.getByRole('table', { name: 'Activities' }).waitFor();
    return page;
  };
  const rows = (page: Page) =>
    page
      .getByRole('table')
      .getByRole('row')
      .filter({ has: page.getByRole('cell') });

  it('keeps its filters in the address, where a reload finds them', async () => {
    const page = await openTable('/activities');
    await page.getByLabel('Type').selectOption('Error');
    await page.getByLabel('Service').selectOption('Gmail');
    await expect.poll(() => rows(page).count()).toBe(1);
    expect(new URL(page.url()).searchParams.get('type')).toBe('ErrorOccurred');
    await page.reload();
    await page.getByRole('table').waitFor();
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => rows(page).count()).toBeGreaterThan(5);
  });

  it('looks for a text in what was read, and says so', async () => {
    const page = await openTable('/activities');
    await page.getByLabel('Text').pressSequentially('dana INVOICE');
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.getByText(/Looked for in this browser.*1 of \d+ so far/).waitFor();
    await page.getByLabel('Text').fill('nobody wrote this');
    await page.getByText('Nothing matches').waitFor();
    await expectAccessible(page);
  });

  it('leaves out what an address says that is no filter', async () => {
    const page = await openTable('/activities?type=Nothing&from=2026-13-77&service=7');
    await expect.poll(() => rows(page).count()).toBeGreaterThan(5);
  });

  it('goes from row to row by the arrows, opens one by Enter and closes it by Escape', async () => {
    const page = await openTable('/activities?type=EmailSent');
    await rows(page).first().getByRole('button').focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'E-mail sent' });
    await panel.getByText('latency_ms').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'activity-panel');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  it('exports all that matches, with formulas made harmless', async () => {
    const page = await openTable('/activities?service=Asana');
    for (const [format, harmless] of [
      ['CSV', `"'=HYPERLINK(""http://evil.example"")"`],
      ['JSON', String.raw`"=HYPERLINK(\"http://evil.example\")"`],
    ] as const) {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: `Export as ${format}` }).click();
      const path = await (await download).path();
      expect(await readFile(path, 'utf8')).toContain(harmless);
    }
  });

  it('shows what was read while it is offline, and goes on after it', async () => {
    const page = await openTable('/activities');
    await page.context().setOffline(true);
    await page.getByText('Offline. The pages show the last data').waitFor();
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    await page.getByText('Nothing was exported').waitFor();
    await page.context().setOffline(false);
    await page.getByLabel('Type').selectOption('Error');
    await expect.poll(() => rows(page).count()).toBe(1);
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`is accessible: ${name}`, async () => {
      const page = await dashboard.open({ person: 'Alice', path: '/activities', view });
      await page.getByRole('table').waitFor();
      await expectAccessible(page);
      await keepScreenshot(page, `activities-${name}`);
    });
  }
});
