import { describe, it } from 'vitest';
import {
  expectAccessible,
  keepScreenshot,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

describe.skipIf(WHY_NO_BROWSER !== undefined)('signing in', () => {
  const dashboard = setupDashboard();

  it('goes on after a reload, and ends where one signs out', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You signed out.').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Continue with Internet Identity' }).waitFor();
  });

  it('is not carried over into another tab', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    const other = await page.context().newPage();
    await other.goto(dashboard.url);
    await other.getByRole('button', { name: 'Alice' }).waitFor();
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`is accessible: ${name}`, async () => {
      const page = await dashboard.open({ view });
      await page.getByRole('button', { name: 'Alice' }).waitFor();
      await expectAccessible(page);
      await keepScreenshot(page, `sign-in-${name}`);
    });
  }
});
