import type { BrowserContext } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AgentActivityType } from '../../src/client/index.ts';
import { setupDashboard, WHY_NO_BROWSER } from './support/open-dashboard.ts';

/** The feed asks every two seconds, and every twenty in the background. */
const LIVE = { timeout: 30_000 };

type Permission = 'default' | 'denied' | 'granted';

/** A notification that a page made. */
interface Told {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
}

/** Chromium without a screen refuses notifications: this stands in for its class, and hands over what is made and asked for. */
const STAND_IN = (permission: Permission) => `
  globalThis.Notification = class {
    static permission = ${JSON.stringify(permission)};
    static async requestPermission() {
      await asked();
      return (this.permission = 'granted');
    }
    constructor(title, { body, tag }) {
      told({ title, body, tag });
    }
  };`;

describe.skipIf(WHY_NO_BROWSER !== undefined)("the browser's notifications", () => {
  const dashboard = setupDashboard();
  beforeAll(async () => {
    if (WHY_NO_BROWSER !== undefined) return;
    const client = await dashboard.clientOf('Bob');
    await client.updateNotificationSettings(dashboard.principalOf('Bob').toText(), [
      { activityTypes: ['EmailSent'], agentType: undefined, channels: ['toast', 'browser'] },
      { activityTypes: ['ErrorOccurred'], agentType: undefined, channels: ['toast'] },
    ]);
  });
  const log = async (activityType: AgentActivityType, description: string) => {
    const agent = await dashboard.clientOf('Mail agent');
    const userId = dashboard.principalOf('Bob').toText();
    await agent.logActivity({ userId, agentType: 'Gmail', activityType, description });
  };
  /** A browser of Bob's, with what it told him and how often it asked him. */
  const openBrowser = async (permission: Permission, path = '/') => {
    const told: Told[] = [];
    let asked = 0;
    const prepare = async (context: BrowserContext) => {
      await context.exposeFunction('told', (notification: Told) => told.push(notification));
      await context.exposeFunction('asked', () => {
        asked++;
      });
      await context.addInitScript(STAND_IN(permission));
    };
    const page = await dashboard.open({ person: 'Bob', path, prepare });
    return { page, told, asked: () => asked };
  };

  it('tell of what the person asked to hear of by them, and not again after a reload', async () => {
    const { page, told } = await openBrowser('granted');
    await page.getByText('Nothing happened yet').waitFor();
    await log('ErrorOccurred', 'The mailbox is full');
    await log('EmailSent', 'Wrote to Dana');
    await expect
      .poll(() => told, LIVE)
      .toMatchObject([{ title: 'Gmail: E-mail sent', body: 'Wrote to Dana' }]);
    await page.reload();
    await page.getByText('Wrote to Dana').first().waitFor();
    await log('EmailSent', 'Wrote to Priya');
    await expect.poll(() => told.map(({ body }) => body), LIVE).toEqual(['Wrote to Dana', 'Wrote to Priya']);
  });

  it('replace each other where two tabs tell of the same', async () => {
    const { page, told } = await openBrowser('granted');
    const other = await page.context().newPage();
    await other.goto(dashboard.url);
    await other.getByRole('button', { name: 'Bob' }).click();
    await other.getByRole('region', { name: 'Newest activity' }).waitFor();
    await log('EmailSent', 'Wrote to both');
    await other.getByText('Gmail: E-mail sent').waitFor();
    await page.bringToFront();
    await page.getByText('Gmail: E-mail sent').waitFor();
    await expect.poll(() => told.length, LIVE).toBe(2);
    expect(new Set(told.map(({ tag }) => tag)).size).toBe(1);
    expect(told[0]?.tag).not.toBe('');
  });

  it.each(['default', 'denied'] as const)('are not made where the permission is %s', async (permission) => {
    const { page, told, asked } = await openBrowser(permission);
    await page.getByRole('region', { name: 'Newest activity' }).waitFor();
    await log('EmailSent', `Wrote while it was ${permission}`);
    await page.getByText('Gmail: E-mail sent').waitFor();
    expect(told).toEqual([]);
    expect(asked()).toBe(0);
  });

  it('are asked for by a click in the settings, and by nothing else', async () => {
    const { page, asked } = await openBrowser('default', '/notifications/settings');
    await page.getByText('has not been asked yet').waitFor();
    await page.getByRole('button', { name: 'Save' }).waitFor();
    expect(asked()).toBe(0);
    await page.getByRole('button', { name: 'Ask the browser' }).click();
    await page.getByText('Your browser lets this page notify you.').waitFor();
    expect(asked()).toBe(1);
  });
});
