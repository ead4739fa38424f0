import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fillDay } from './support/fill.ts';
import { fillUsers } from './support/fill-activities.ts';
import {
  expectAccessible,
  keepScreenshot,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

const rows = (page: Page) => page.getByRole('table', { name: 'Users' }).getByRole('row');
const firstUser = (page: Page) => rows(page).nth(1).getByRole('button').innerText();
const READ = { timeout: 120_000 };

describe.skipIf(WHY_NO_BROWSER !== undefined)('the operator’s list of thirty users', () => {
  const dashboard = setupDashboard(async (setup) => {
    await fillUsers(setup, 30);
    await fillDay(setup, 'Alice');
  });

  it('searches, filters and sorts all of them, in an address that Back and a reload follow', async () => {
    const page = await dashboard.open({ person: 'Operator', path: '/operator/users' });
    await page.getByText('All 31 users').waitFor();
    await page.getByLabel('Sort by').selectOption('User id');
    await page.getByLabel('Order').selectOption('Z to A');
    // Alice's user_id is the text of a principal, another one in each run, of which the first letters are shown.
    const last = [dashboard.principalOf('Alice').toText(), 'user-00029'].toSorted().at(-1) ?? '';
    const begins = new RegExp(`^${last.slice(0, 10)}`);
    await expect.poll(() => firstUser(page)).toMatch(begins);
    await page.reload();
    await expect.poll(() => firstUser(page)).toMatch(begins);
    await page.goBack();
    await page.getByText('All 31 users').waitFor();
    await page.getByLabel('Sort by').selectOption('Storage used');
    await page.getByLabel('Show').selectOption('With credentials');
    await page.getByText('1 of all 31 users').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabel('User id or principal').fill('USER-0000');
    await page.getByText('10 of all 31 users').waitFor();
    await page.getByLabel('User id or principal').fill('nobody at all');
    await page.getByText('Nothing matches').waitFor();
  });

  it('leads to the records of a user, where nothing is offered that the user alone may do', async () => {
    const alice = dashboard.principalOf('Alice').toText();
    const page = await dashboard.open({ person: 'Operator', path: `/operator/users?open=${alice}` });
    await page.getByRole('link', { name: 'See the records of this user' }).click();
    const note = page.getByRole('note');
    await note.getByText('As an operator you see the records of').waitFor();
    for (const name of ['Sessions', 'Credentials', 'Interactions', 'Activities', 'Agents', 'Your data']) {
      await page.getByRole('link', { name, exact: true }).first().click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await note.waitFor();
      for (const button of ['Stop', 'Stop everything', 'Grant access', 'Revoke', 'End session']) {
        expect(await page.getByRole('button', { name: button, exact: true }).count()).toBe(0);
      }
      await expectAccessible(page);
    }
    await page.getByRole('link', { name: 'Interactions', exact: true }).click();
    await page.getByText('Opened pull request 214').waitFor();
    await page.reload();
    await page.getByText('Opened pull request 214').waitFor();
    await page.getByRole('link', { name: 'Notifications', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Notifications' }).waitFor();
    await note.waitFor({ state: 'detached' });
    await page.goBack();
    await note.getByRole('link', { name: 'Back to your own' }).click();
    await note.waitFor({ state: 'detached' });
    await page.getByText('No interactions yet').waitFor();
    await page.goBack();
    await note.waitFor();
  });

  it('shows a user of others to nobody who does not run the service', async () => {
    const alice = dashboard.principalOf('Alice').toText();
    const page = await dashboard.open({ person: 'Bob', path: `/interactions?user=${alice}` });
    await page.getByText('No interactions yet').waitFor();
    expect(await page.getByRole('note').count()).toBe(0);
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`is accessible: ${name}`, async () => {
      const page = await dashboard.open({ person: 'Operator', path: '/operator/users', view });
      await page.getByText('All 31 users').waitFor();
      await expectAccessible(page);
      await keepScreenshot(page, `users-${name}`);
    });
  }
});

describe.skipIf(WHY_NO_BROWSER !== undefined)('the operator’s list of ten thousand users', () => {
  const dashboard = setupDashboard((setup) => fillUsers(setup, 10_000));

  it('reads them all by itself, says how far it is, and sorts and searches across all', async () => {
    const page = await dashboard.open({ person: 'Operator', path: '/operator/users?order=name' });
    await page.getByText(/Reading users: [\d,]+/).waitFor();
    await page.getByText('All 10,000 users').waitFor(READ);
    expect(await firstUser(page)).toBe('user-00000');
    expect(await rows(page).count()).toBeLessThan(80);
    await page.getByLabel('Order').selectOption('Z to A');
    await expect.poll(() => firstUser(page)).toBe('user-09999');
    await page.getByLabel('User id or principal').fill('07777');
    await page.getByText('1 of all 10,000 users').waitFor();
    expect(await firstUser(page)).toBe('user-07777');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabel('Sort by').selectOption('Storage used');
    await expect.poll(() => firstUser(page)).toBe('user-09999');
    await page.getByLabel('Order').selectOption('Least first');
    await expect.poll(() => firstUser(page)).toBe('user-00000');
  });
});
