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

  it('ends where nobody uses the page for a quarter of an hour', async () => {
    const page = await dashboard.open();
    await page.clock.install();
    await page.getByRole('button', { name: 'Alice' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.clock.fastForward('16:00');
    await page.getByText('You were signed out because nobody used the page for a while.').waitFor();
  });

  it('says while the device is offline that it is', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    await page.context().setOffline(true);
    await page.getByText('Offline. The pages show what was read last').waitFor();
    await expectAccessible(page);
    await page.context().setOffline(false);
    await page.getByText('Offline. The pages show what was read last').waitFor({ state: 'detached' });
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
