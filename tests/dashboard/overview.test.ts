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
  const dashboard = setupDashboard((setup) => fillDay(setup, 'Alice'));

  it('shows the connected services and the newest activity', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    const services = page.getByRole('region', { name: 'Connected services' });
    await services.getByText('Expires soon').waitFor();
    expect(await services.getByRole('listitem').count()).toBe(3);
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
