import { describe, expect, it } from 'vitest';
import type { AgentActivityType } from '../../src/client/index.ts';
import { fillDay } from './support/fill.ts';
import {
  expectAccessible,
  keepScreenshot,
  type Person,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

describe.skipIf(WHY_NO_BROWSER !== undefined)('what happens while the page is open', () => {
  const dashboard = setupDashboard((setup) => fillDay(setup, 'Alice'));
  const log = async (person: Person, activityType: AgentActivityType, description: string) => {
    const agent = await dashboard.clientOf('Mail agent');
    const userId = dashboard.principalOf(person).toText();
    await agent.logActivity({ userId, agentType: 'Gmail', activityType, description });
  };

  it('appears by itself, is told where the person asked for it, and is unread until it is marked', async () => {
    const page = await dashboard.open({ person: 'Bob' });
    await page.getByText('Nothing happened yet').waitFor();
    await log('Bob', 'ErrorOccurred', 'The mailbox is full');
    await page.getByText('Gmail: Error').waitFor();
    const activity = page.getByRole('region', { name: 'Newest activity' });
    await activity.getByText('The mailbox is full').waitFor();

    await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
    const bell = page.getByRole('dialog', { name: 'Notifications' });
    await bell.getByText('The mailbox is full').waitFor();
    await expectAccessible(page);
    await bell.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByText('All notifications are marked as read').waitFor();
    await bell.getByRole('link', { name: 'All notifications' }).click();
    await page.getByRole('heading', { level: 1, name: 'Notifications' }).waitFor();
    await page.getByRole('button', { name: 'Notifications, none unread' }).waitFor();
  });

  it('is told as the settings say, in every browser of the person', async () => {
    const settings = await dashboard.open({ person: 'Bob', path: '/notifications/settings' });
    const other = await dashboard.open({ person: 'Bob' });
    await settings.getByRole('checkbox', { name: 'E-mail sent: Message' }).check();
    expect(await settings.getByRole('checkbox', { name: 'E-mail sent: List' }).isChecked()).toBe(true);
    await settings.getByRole('checkbox', { name: 'Error: List' }).uncheck();
    await settings.getByRole('button', { name: 'Save' }).click();
    await settings.getByText('Saved what you want to hear of').waitFor();
    await log('Bob', 'ErrorOccurred', 'Not to be told');
    await log('Bob', 'EmailSent', 'Wrote to Dana');
    await other.getByText('Gmail: E-mail sent').waitFor();
    expect(await other.getByText('Gmail: Error').count()).toBe(0);
    await settings.reload();
    expect(await settings.getByRole('checkbox', { name: 'Error: List' }).isChecked()).toBe(false);
  });

  it('silent failures: those of one kind are told as one, with how many they are', async () => {
    const page = await dashboard.open({ person: 'Operator', path: '/notifications' });
    await page.getByText('Nothing to tell you').waitFor();
    for (let i = 0; i < 3; i++) await log('Operator', 'ErrorOccurred', 'The mailbox is full');
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
    const table = page.getByRole('table', { name: 'Notifications' });
    await table.getByText('The mailbox is full · 3 times in this hour').waitFor();
    expect(await table.getByText('The mailbox is full').count()).toBe(1);
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
    const bell = page.getByRole('dialog', { name: 'Notifications' });
    await bell.getByText('3 times in this hour').waitFor();
    await expectAccessible(page);
  });

  it('destruction without a question: tells a user that records of theirs will be removed', async () => {
    const admin = await dashboard.clientOf('Operator');
    await admin.updateSettings({ retention: { activitiesNewest: 1n } });
    for (let i = 0; i < 2; i++) await log('Bob', 'TaskCreated', 'A task');
    const page = await dashboard.open({ person: 'Bob', path: '/data', view: VIEWS.phone });
    const told = page.getByRole('region', { name: 'Records of yours will be removed' });
    await told.getByText('Your activities beyond the newest 1').waitFor();
    await told.getByText(/0 of your interactions and [1-9]\d* of your activities will be removed/).waitFor();
    await page.getByText('Your records are kept until you erase them.').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'your-data-removal-phone');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);

    await page.goto(`${dashboard.url}/notifications`);
    await told.getByRole('link', { name: 'See how long records are kept, and export them' }).waitFor();
    await page.getByRole('button', { name: /^Notifications, \d+ unread$/ }).click();
    const bell = page.getByRole('dialog', { name: 'Notifications' });
    await bell.getByText('Your activities beyond the newest 1').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'bell-removal-phone');
    await bell.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('button', { name: 'Notifications, none unread' }).waitFor();
    await admin.updateSettings({ retention: { activitiesNewest: 0n } });
  });

  it('stands in a list whose rows open by keyboard, and close again to where the focus was', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/notifications' });
    await page.getByRole('table', { name: 'Notifications' }).waitFor();
    await page.getByRole('button', { name: 'Error', exact: true }).focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Error' });
    await panel.getByText('latency_ms').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'notification-panel');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Error');
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    for (const path of ['/notifications', '/notifications/settings']) {
      it(`is accessible: ${path} ${name}`, async () => {
        const page = await dashboard.open({ person: 'Alice', path, view });
        await page
          .getByText(/Unread|Access$/)
          .first()
          .waitFor();
        await expectAccessible(page);
        await keepScreenshot(page, `${path.slice(1).replace('/', '-')}-${name}`);
      });
    }
  }
});
