import { describe, expect, it } from 'vitest';
import { clientOf } from '../e2e/support/local-service.ts';
import {
  expectAccessible,
  keepScreenshot,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

describe.skipIf(WHY_NO_BROWSER !== undefined)('the user ids of a person', () => {
  const dashboard = setupDashboard();
  const codeFor = async (userId: string) =>
    (await (await clientOf(dashboard.service)).createLinkCode(userId)).code;

  it('links one by the code of an agent, shows its records, and unlinks it', async () => {
    const agent = await clientOf(dashboard.service);
    await agent.logActivity({
      userId: 'chat-4711',
      agentType: 'Gmail',
      activityType: 'EmailSent',
      description: 'Wrote to Dana',
    });
    const page = await dashboard.open({ person: 'Alice', path: '/ids' });
    await page.getByLabel('Link code').fill((await codeFor('chat-4711')).toLowerCase());
    await page.getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByText('chat-4711 is yours now').waitFor();

    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('Wrote to Dana').waitFor();

    await page.getByRole('link', { name: 'Your user ids' }).click();
    await page.getByRole('button', { name: 'Unlink' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Unlink chat-4711?' });
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Unlink' }).click();
    await page.getByText('chat-4711 is no longer yours').waitFor();
    expect(await page.getByRole('button', { name: 'Unlink' }).count()).toBe(0);
  });

  it('says what is wrong with a code before and after it is sent', async () => {
    const page = await dashboard.open({ person: 'Bob', path: '/ids' });
    await page.getByLabel('Link code').fill('ABCD-1');
    await page.getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByText('A code has 20 letters and digits.').waitFor();
    await page.getByLabel('Link code').fill('ABCD-EFGH-JKLM-NPQR-STUV');
    await page.getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByText('That record no longer exists.').waitFor();
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`are accessible: ${name}`, async () => {
      const page = await dashboard.open({ person: 'Alice', path: '/ids', view });
      await page.getByText('Shown now').waitFor();
      await expectAccessible(page);
      await keepScreenshot(page, `ids-${name}`);
    });
  }
});
