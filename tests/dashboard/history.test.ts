import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fillDay } from './support/fill.ts';
import { type Person, setupDashboard, WHY_NO_BROWSER } from './support/open-dashboard.ts';

/** Lists whose rows open a panel: the person who sees one, and its address. */
const LISTS: readonly (readonly [person: Person, path: string])[] = [
  ['Alice', '/sessions'],
  ['Alice', '/credentials'],
  ['Alice', '/interactions'],
  ['Alice', '/activities'],
  ['Alice', '/notifications'],
  ['Alice', '/agents'],
  ['Operator', '/operator/users'],
];

describe.skipIf(WHY_NO_BROWSER !== undefined)('Back', () => {
  const dashboard = setupDashboard(async (setup) => {
    await fillDay(setup, 'Alice');
    const userId = setup.principalOf('Alice').toText();
    const agent = await setup.clientOf('Mail agent');
    await agent.leaseAgentCredentials({ userId, agentType: 'GitHub', purpose: 'Open pull request 214' });
  });
  const firstRow = (page: Page) => page.getByRole('cell').getByRole('button').first();
  const panel = (page: Page) => page.getByRole('dialog');
  const openOf = (page: Page) => new URL(page.url()).searchParams.get('open');

  it.each(LISTS)('closes the panel of %s at %s; Forward and a reload open it', async (person, path) => {
    const page = await dashboard.open({ person, path });
    await firstRow(page).click();
    await panel(page).waitFor();
    expect(openOf(page)).not.toBeNull();
    await page.goBack();
    await panel(page).waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe(path);
    await page.goForward();
    await panel(page).waitFor();
    await page.reload();
    await panel(page).waitFor();
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    expect(openOf(page)).toBeNull();
  });

  it('closes what a form is in: a grant, and an agent of the service', async () => {
    for (const [person, path, button] of [
      ['Alice', '/agents', 'Grant access'],
      ['Operator', '/operator/agents', 'Add an agent'],
      ['Operator', '/operator/agents', 'Change'],
    ] as const) {
      const page = await dashboard.open({ person, path });
      await page.getByRole('button', { name: button }).first().click();
      await panel(page).waitFor();
      await page.goBack();
      await panel(page).waitFor({ state: 'detached' });
      expect(new URL(page.url()).pathname).toBe(path);
      await page.context().close();
    }
  });

  it('leaves the page from where its panel was closed, not the panel again', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    await page.getByRole('link', { name: 'Interactions', exact: true }).click();
    await firstRow(page).click();
    await panel(page).waitFor();
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });

  it('takes back one filter after the other, and a text that was typed as one', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/activities' });
    await page.getByLabel('Service').selectOption('Gmail');
    await page.getByLabel('Type').selectOption('Error');
    await page.getByLabel('Text').pressSequentially('mail', { delay: 300 });
    await expect.poll(() => new URL(page.url()).searchParams.get('text')).toBe('mail');
    await page.goBack();
    await expect.poll(() => page.getByLabel('Text').inputValue()).toBe('');
    expect(await page.getByLabel('Type').inputValue()).toBe('ErrorOccurred');
    await page.goBack();
    await expect.poll(() => page.getByLabel('Type').inputValue()).toBe('');
    expect(await page.getByLabel('Service').inputValue()).toBe('Gmail');
    await page.goBack();
    await expect.poll(() => page.getByLabel('Service').inputValue()).toBe('');
  });

  it('closes the menu of a phone with its page', async () => {
    const page = await dashboard.open({
      person: 'Alice',
      view: { theme: 'light', width: 390, height: 844 },
    });
    await page.getByRole('button', { name: 'Menu' }).click();
    await panel(page).getByRole('link', { name: 'Proof' }).click();
    await page.getByRole('heading', { level: 1, name: 'Proof' }).waitFor();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await panel(page).waitFor({ state: 'detached' });
  });

  it('says that a record which an address names is not there', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/interactions?open=int-0000000000000999' });
    await panel(page).getByText('No record with this address is shown.').waitFor();
  });
});
