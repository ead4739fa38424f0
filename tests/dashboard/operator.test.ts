import { Ed25519KeyIdentity } from '@dfinity/identity';
import { describe, expect, it } from 'vitest';
import { fillDay } from './support/fill.ts';
import {
  expectAccessible,
  keepScreenshot,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

const PAGES = {
  service: ['/operator', 'Most frequent errors'],
  users: ['/operator/users', 'That is all there is.'],
  'registered-agents': ['/operator/agents', 'Mail agent'],
  settings: ['/operator/settings', 'Who sees tokens in answers to queries'],
} as const;

describe.skipIf(WHY_NO_BROWSER !== undefined)('the pages of who runs the service', () => {
  const dashboard = setupDashboard((setup) => fillDay(setup, 'Alice'));
  const newPrincipal = () => Ed25519KeyIdentity.generate().getPrincipal().toText();

  it('show the numbers of the service, and those that come by themselves', async () => {
    const page = await dashboard.open({ person: 'Operator', path: '/operator' });
    const stored = page.getByRole('region', { name: 'Stored' });
    await stored.getByText('Users').waitFor();
    const usersOf = () => stored.locator('dt:text-is("Users") + dd').innerText();
    const before = Number(await usersOf());
    await page.getByText('longest 412 ms').waitFor();
    await fillDay(dashboard, 'Bob');
    await expect.poll(usersOf, { timeout: 30_000 }).toBe(String(before + 1));
  });

  it('show what the service does by itself, and that nothing is stuck', async () => {
    const page = await dashboard.open({ person: 'Operator', path: '/operator' });
    const tasks = page.getByRole('region', { name: 'Background tasks' });
    await tasks.getByText('End sessions').waitFor();
    expect(await tasks.getByRole('listitem').count()).toBe(8);
    expect(await tasks.getByText('Stuck').count()).toBe(0);
    await expectAccessible(page);
  });

  it('tell how much is held about each user, and of what quota', async () => {
    const page = await dashboard.open({ person: 'Operator', path: '/operator/users' });
    const table = page.getByRole('table', { name: 'Users' });
    await table.getByRole('row').nth(1).getByRole('button').click();
    const panel = page.getByRole('dialog', { name: 'User' });
    await panel.getByText('Active sessions of a user').waitFor();
    expect(await panel.getByRole('meter').count()).toBe(5);
    await expectAccessible(page);
  });

  it('add an agent, change its rights and limits, and remove it, as a second browser sees', async () => {
    const second = await dashboard.open({ person: 'Operator', path: '/operator/agents' });
    const page = await dashboard.open({ person: 'Operator', path: '/operator/agents' });
    await page.getByRole('button', { name: 'Add an agent' }).click();
    const panel = page.getByRole('dialog');
    await panel.getByRole('button', { name: 'Add an agent' }).click();
    await panel.getByText('Give it a name.').waitFor();
    await panel.getByText('That is not a principal.').waitFor();
    await expectAccessible(page);
    const agent = newPrincipal();
    await panel.getByLabel('Principal of the agent').fill(agent);
    await panel.getByLabel('Name').fill('Planner');
    await panel.getByLabel('Asana').check();
    await panel.getByRole('button', { name: 'Add an agent' }).click();
    const row = second.getByRole('listitem').filter({ hasText: 'Planner' });
    await row.getByText('Users who granted it').waitFor();

    const own = page.getByRole('listitem').filter({ hasText: 'Planner' });
    await own.getByRole('button', { name: 'Change' }).click();
    const change = page.getByRole('dialog', { name: 'Planner' });
    await change.getByLabel('Credentials of a user').fill('many');
    await change.getByText('A whole number, 0 or more.').waitFor();
    await change.getByLabel('Credentials of a user').fill('3');
    await expectAccessible(page);
    await change.getByRole('button', { name: 'Save the limits' }).click();
    await change.waitFor({ state: 'hidden' });
    const admin = await dashboard.clientOf('Operator');
    const principal = (await admin.listAgents()).find(({ name }) => name === 'Planner')?.agent;
    expect(principal?.toText()).toBe(agent);
    if (principal !== undefined) expect((await admin.getAgentLimits(principal)).credentials).toBe(3n);

    await own.getByRole('button', { name: 'Change' }).click();
    await change.getByLabel('Acts for').selectOption('Every user');
    await change.getByRole('button', { name: 'Save', exact: true }).click();
    await row.getByText('Every user').waitFor();

    await own.getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Remove Planner?' });
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('states not told: an agent whose time is over is expired, apart from the live ones', async () => {
    const admin = await dashboard.clientOf('Operator');
    const agent = Ed25519KeyIdentity.generate().getPrincipal();
    const expiresAt = BigInt(Date.now() + 1500) * 1_000_000n;
    await admin.addAgent({ agent, name: 'Old planner', scope: 'every_user', expiresAt });
    await new Promise((resolve) => setTimeout(resolve, 1600));
    const page = await dashboard.open({ person: 'Operator', path: '/operator/agents' });
    const ended = page.getByRole('list', { name: 'Their time is over' });
    await ended.getByText('Old planner').waitFor();
    await ended.getByText('Expired').waitFor();
    expect(await ended.getByText('Every user').count()).toBe(0);
    const live = page.getByRole('list', { name: 'Registered agents' });
    expect(await live.getByText('Old planner').count()).toBe(0);
    await keepScreenshot(page, 'operator-agents-expired');
    await admin.removeAgent(agent);
  });

  it('change settings, and say what the service refuses at its field', async () => {
    const page = await dashboard.open({ person: 'Operator', path: '/operator/settings' });
    await page.getByLabel('Keep activities for, days').fill('400');
    await page.getByLabel('Who sees tokens').selectOption('Nobody: tokens are leased');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    const settings = await (await dashboard.clientOf('Operator')).getSettings();
    expect(settings.retention.activitiesDays).toBe(400n);
    expect(settings.queryTokens).toBe('nobody');
    await page.getByLabel('Changes in a row by one agent or person').fill('18446744073709551615');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('That is not accepted').waitFor();
    expect(
      await page.getByLabel('Changes in a row by one agent or person').getAttribute('aria-invalid'),
    ).toBe('true');
    await expectAccessible(page);
  });

  it('name an admin and remove them', async () => {
    const page = await dashboard.open({ person: 'Operator', path: '/operator/settings' });
    const admins = page.getByRole('region', { name: 'Admins' });
    await admins.getByLabel('Principal of an admin').fill('nobody');
    await admins.getByRole('button', { name: 'Add' }).click();
    await admins.getByText('That is not a principal.').waitFor();
    const admin = newPrincipal();
    await admins.getByLabel('Principal of an admin').fill(admin);
    await admins.getByRole('button', { name: 'Add' }).click();
    const row = admins.getByRole('listitem').filter({ has: page.getByTitle(admin) });
    await row.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it.each(Object.entries(PAGES))('are refused to others: %s', async (_name, [path]) => {
    const page = await dashboard.open({ person: 'Bob', path });
    await page.getByText('This page is for people who run the service').waitFor();
    expect(await page.getByRole('heading', { name: 'The service' }).count()).toBe(0);
    await expectAccessible(page);
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`are accessible: ${name}`, async () => {
      const page = await dashboard.open({ person: 'Operator', view });
      for (const [title, [path, shown]] of Object.entries(PAGES)) {
        await page.goto(dashboard.url + path);
        await page.getByText(shown).first().waitFor();
        await expectAccessible(page);
        await keepScreenshot(page, `operator-${title}-${name}`);
      }
    });
  }
});
