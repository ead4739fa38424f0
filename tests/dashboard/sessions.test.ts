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
    await dialog.getByText('The agent can do nothing more in it.').waitFor();
    await dialog.getByRole('button', { name: 'End session' }).click();
  };
  const rows = (page: Page) => page.getByRole('cell').getByRole('button');

  it('ends a session some seconds after it was confirmed, and in another browser too', async () => {
    const page = await openTable('/sessions');
    const other = await openTable('/sessions');
    await end(page, 'Gmail');
    await page.getByText('Ending …').waitFor();
    await page.getByRole('table').getByText('Ended').waitFor();
    await other.getByRole('table').getByText('Ended').waitFor();
    await page.getByLabel('State').selectOption('Ended');
    await expect.poll(() => rows(page).count()).toBe(1);
  });

  it('takes it back as long as it was not sent', async () => {
    const page = await openTable('/sessions');
    await end(page, 'GitHub');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Ending …').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'GitHub', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End session' }).waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'session-panel');
  });

  it('says what did not happen where the network is not there', async () => {
    const page = await openTable('/sessions');
    await end(page, 'Calendar');
    await page.context().setOffline(true);
    await page.getByText('The session was not ended').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Calendar', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End session' }).waitFor();
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
