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
import { goTo } from './support/pages.ts';

const PAGES = {
  service: ['/operator', 'Most frequent errors'],
  users: ['/operator/users', 'That is all there is.'],
  'registered-agents': ['/operator/agents', 'Mail agent'],
  limits: ['/operator/limits', 'New users a minute'],
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
    expect(await tasks.getByRole('listitem').count()).toBe(10);
    expect(await tasks.getByText('Stuck').count()).toBe(0);
    await expectAccessible(page);
  });

  it('tell how much is held about each user, and of what quota', async () => {
    const page = await dashboard.open({ person: 'Operator', path: '/operator/users' });
    const table = page.getByRole('table', { name: 'Users' });
    await table.getByRole('row').nth(1).getByRole('button').click();
    const panel = page.getByRole('dialog', { name: 'User' });
    await panel.getByText('Active sessions').waitFor();
    expect(await panel.getByRole('meter').count()).toBe(5);
    await expectAccessible(page);
  });

  it('set a limit of the service, mark it, and go back to its default', async () => {
    const page = await dashboard.open({ person: 'Operator', path: '/operator/limits' });
    const row = page.getByRole('listitem').filter({ hasText: 'New users a minute' });
    const value = row.getByLabel('Value of New users a minute');
    await value.fill('many');
    await row.getByText('A whole number.').waitFor();
    await value.fill('0');
    await row.getByText('From 1 to 60,000,000.').waitFor();
    expect(await row.getByRole('button', { name: 'Set', exact: true }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await value.fill('77');
    await value.press('Enter');
    await row.getByText('Changed').waitFor();
    const admin = await dashboard.clientOf('Operator');
    const limitOf = async () =>
      (await admin.listServiceLimits()).find(({ name }) => name === 'new_users_per_minute');
    expect(await limitOf()).toMatchObject({ value: 77n, isSet: true });
    await row.getByRole('button', { name: 'Reset to the default' }).click();
    await row.getByText('Changed').waitFor({ state: 'detached' });
    expect(await limitOf()).toMatchObject({ value: 10n, isSet: false });
    const own = new Set((await admin.listServiceLimits()).map(({ name }) => name));
    for (const name of own) await page.getByText(name, { exact: true }).waitFor();
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
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await page.getByLabel('Who sees tokens').selectOption('Nobody: tokens are leased');
    await save.click();
    await page.getByText('Saved').waitFor();
    expect(await save.isDisabled()).toBe(true);
    const settings = await (await dashboard.clientOf('Operator')).getSettings();
    expect(settings.queryTokens).toBe('nobody');
    await page.getByLabel('Changes in a row by one agent or person').fill('18446744073709551615');
    await save.click();
    await page.getByRole('alert').getByText('That is not accepted').waitFor();
    expect(
      await page.getByLabel('Changes in a row by one agent or person').getAttribute('aria-invalid'),
    ).toBe('true');
    await expectAccessible(page);
  });

  it('show what a stricter retention removes, and save it once that number was typed', async () => {
    const admin = await dashboard.clientOf('Operator');
    const { items } = await admin.previewRetention({ interactionsDays: 1n });
    const going = items.reduce((sum, { interactions, activities }) => sum + interactions + activities, 0n);
    expect(going).toBeGreaterThan(0n);
    const page = await dashboard.open({ person: 'Operator', path: '/operator/settings', view: VIEWS.phone });
    await page.getByLabel('Keep interactions for, days').fill('1');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Remove records?' });
    const typed = dialog.getByLabel(`Type ${going.toLocaleString('en')} to confirm`);
    await typed.waitFor();
    await dialog.getByText(/tomorrow|in 23 hr\./).waitFor();
    const remove = dialog.getByRole('button', { name: 'Save and remove' });
    expect(await remove.isDisabled()).toBe(true);
    await typed.fill(String(going + 1n));
    expect(await remove.isDisabled()).toBe(true);
    await expectAccessible(page);
    await keepScreenshot(page, 'operator-settings-retention-phone');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect((await admin.getSettings()).pendingRetention).toBeUndefined();

    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await typed.fill(String(going));
    await remove.click();
    const pending = page.getByRole('region', { name: 'Records will be removed' });
    await pending.getByText('Interactions older than 1 day').waitFor();
    expect((await admin.getSettings()).pendingRetention?.retention.interactionsDays).toBe(1n);
    await expectAccessible(page);
    await keepScreenshot(page, 'operator-settings-pending-phone');
  });

  it('keep what is pending while other settings are saved, and take it back', async () => {
    const admin = await dashboard.clientOf('Operator');
    await admin.updateSettings({ retention: { interactionsDays: 1n } });
    const { pendingRetention } = await admin.getSettings();
    const page = await dashboard.open({ person: 'Operator', path: '/operator/settings' });
    const pending = page.getByRole('region', { name: 'Records will be removed' });
    await pending.waitFor();
    await page.getByLabel('Active sessions of a user').fill('321');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved').waitFor();
    const settings = await admin.getSettings();
    expect(settings.limits.activeSessions).toBe(321n);
    expect(settings.pendingRetention).toEqual(pendingRetention);
    await admin.updateSettings({ limits: { userBurst: 1234n } });

    await pending.getByRole('button', { name: 'Cancel the change' }).click();
    await pending.waitFor({ state: 'detached' });
    expect(await admin.getSettings()).toMatchObject({
      pendingRetention: undefined,
      limits: { activeSessions: 321n, userBurst: 1234n },
    });
  });

  it('want a word where nothing goes, and save a retention that keeps more at once', async () => {
    const admin = await dashboard.clientOf('Operator');
    await admin.updateSettings({ retention: { interactionsDays: 0n } });
    const page = await dashboard.open({ person: 'Operator', path: '/operator/settings' });
    await page.getByLabel('Keep activities for, days').fill('400');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Remove records?' });
    await dialog.getByText('Nothing would be removed today.').waitFor();
    await dialog.getByLabel('Type remove to confirm').fill('Remove');
    await dialog.getByRole('button', { name: 'Save and remove' }).click();
    await page.getByText('Stricter numbers take effect later').waitFor();
    expect((await admin.getSettings()).pendingRetention?.retention.activitiesDays).toBe(400n);
    await admin.updateSettings({ retention: { activitiesDays: 0n } });
  });

  it('say why what goes cannot be counted, and count it at another try', async () => {
    const page = await dashboard.open({
      person: 'Operator',
      path: '/operator/settings',
      complaint: /net::ERR_FAILED/,
    });
    await page.getByLabel('Keep interactions for, days').fill('1');
    let isCut = true;
    await page.route('**/query', async (route) => {
      const body = route.request().postDataBuffer()?.toString('latin1') ?? '';
      await (isCut && body.includes('preview_retention') ? route.abort() : route.continue());
    });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Remove records?' });
    const again = dialog.getByRole('button', { name: 'Try again' });
    await again.waitFor({ timeout: 60_000 });
    expect(await dialog.getByRole('button', { name: 'Save and remove' }).isDisabled()).toBe(true);
    isCut = false;
    await again.click();
    await dialog.getByLabel(/Type [\d,]+ to confirm/).waitFor();
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
        await goTo(page, path);
        await page.getByText(shown).first().waitFor();
        await expectAccessible(page);
        await keepScreenshot(page, `operator-${title}-${name}`);
      }
    });
  }
});
