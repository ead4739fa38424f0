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

describe.skipIf(WHY_NO_BROWSER !== undefined)('the pages of sessions and interactions', () => {
  const dashboard = setupDashboard((setup) => fillDay(setup, 'Alice'));
  const openTable = async (path: string): Promise<Page> => {
    const page = await dashboard.open({ person: 'Alice', path });
    await page.getByRole('table').waitFor();
    return page;
  };
  const end = async (page: Page, service: string) => {
    await page.getByRole('button', { name: service, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
    const dialog = page.getByRole('alertdialog', { name: `End this ${service} session?` });
    await dialog.getByText('The agent can no longer use it.').waitFor();
    await dialog.getByRole('button', { name: 'End session' }).click();
  };
  const rows = (page: Page) => page.getByRole('cell').getByRole('button');

  it('ends a session at once when it is confirmed, and in another browser too', async () => {
    const page = await openTable('/sessions');
    const other = await openTable('/sessions');
    await end(page, 'Gmail');
    await page.getByText('The session has ended').waitFor();
    await page.getByRole('table').getByText('Ended').waitFor();
    await other.getByRole('table').getByText('Ended').waitFor();
    await page.getByLabel('State').selectOption('Ended or expired');
    await expect.poll(() => rows(page).count()).toBe(1);
  });

  it('says that nothing ended where the network is not there, and ends it when that is back', async () => {
    const page = await openTable('/sessions');
    await page.getByRole('button', { name: 'Calendar', exact: true }).click();
    await expectAccessible(page);
    await keepScreenshot(page, 'session-panel');
    await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
    const dialog = page.getByRole('alertdialog');
    await page.context().setOffline(true);
    await dialog.getByRole('button', { name: 'End session' }).click();
    await dialog.getByText('You are offline.').waitFor();
    await page.context().setOffline(false);
    await dialog.getByRole('button', { name: 'End session' }).click();
    await page.getByText('The session has ended').waitFor();
  });

  it('leads from a session to what was said in it', async () => {
    const page = await openTable('/sessions');
    await page.getByRole('button', { name: 'GitHub', exact: true }).click();
    await page.getByRole('link', { name: 'Interactions in it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Interactions' }).waitFor();
    await page.getByText('Opened pull request 214').waitFor();
    expect(await rows(page).count()).toBe(1);
    expect(new URL(page.url()).searchParams.get('session')).toMatch(/./);
  });

  it('filters interactions by success, and shows one whole', async () => {
    const page = await openTable('/interactions');
    await page.getByLabel('Result').selectOption('Failed');
    await expect.poll(() => rows(page).count()).toBe(1);
    await rows(page).first().click();
    const panel = page.getByRole('dialog');
    await panel.getByText('The mailbox did not answer for 30 s').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'interaction-panel');
  });

  it('who did it: names the agent of an interaction in list, panel and file, and links its session', async () => {
    const page = await openTable('/interactions?success=no');
    await page.getByRole('table').getByText('Mail agent').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    const csv = await readFile(await (await download).path(), 'utf8');
    expect(csv).toContain(`,${dashboard.principalOf('Mail agent').toText()},Mail agent,`);
    await rows(page).first().click();
    const panel = page.getByRole('dialog');
    await panel.getByText('Mail agent').waitFor();
    await panel.getByRole('link', { name: 'Session' }).click();
    await page.getByRole('heading', { level: 1, name: 'Gmail session' }).waitFor();
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    for (const path of ['/sessions', '/interactions']) {
      it(`are accessible: ${path} ${name}`, async () => {
        const page = await dashboard.open({ person: 'Alice', path, view });
        await page.getByRole('table').waitFor();
        await expectAccessible(page);
        await keepScreenshot(page, `${path.slice(1)}-${name}`);
      });
    }
  }
});
