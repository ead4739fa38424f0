import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fillDay } from './support/fill.ts';
import {
  expectAccessible,
  keepScreenshot,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

describe.skipIf(WHY_NO_BROWSER !== undefined)('the page of a person’s data', () => {
  const dashboard = setupDashboard((setup) => fillDay(setup, 'Alice'));

  it('exports all of it, without tokens', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/data' });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export all as JSON' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(JSON.parse(text)).toEqual(
      expect.arrayContaining(
        ['profile', 'sessions', 'interactions', 'activities'].map((part): unknown =>
          expect.objectContaining({ part }),
        ),
      ),
    );
    expect(text).not.toContain('secret-');
  });

  it('puts what no page can hold into the file, and names on the page what cannot be had', async () => {
    const agent = await dashboard.clientOf('Mail agent');
    const userId = dashboard.principalOf('Bob').toText();
    const control = '\u0001'.repeat(256 * 1024);
    const id = await agent.storeInteraction({
      userId,
      agentType: 'Gmail',
      message: control,
      response: control,
      success: true,
    });
    const page = await dashboard.open({ person: 'Bob', path: '/data', complaint: /net::ERR_FAILED/ });
    const save = async () => {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export all as JSON' }).click();
      return await readFile(await (await download).path(), 'utf8');
    };
    const whole = await save();
    expect(whole).not.toContain('"omitted"');
    const parts = JSON.parse(whole) as readonly { readonly records?: readonly Record<string, unknown>[] }[];
    const found = parts.flatMap(({ records = [] }) => records).find((record) => record['id'] === id);
    expect(found?.['message'] === control && found['response'] === control).toBe(true);

    // A network that answers no such query.
    await page.route('**/query', async (route) => {
      const body = route.request().postDataBuffer()?.toString('latin1') ?? '';
      await (body.includes('get_agent_interaction') ? route.abort() : route.continue());
    });
    const partial = await save();
    expect(partial).toContain('"missing"');
    await page.getByRole('alert').getByText(id).waitFor();
    await expectAccessible(page);
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`is accessible: ${name}`, async () => {
      const page = await dashboard.open({ person: 'Alice', path: '/data', view });
      await page.getByRole('button', { name: 'Erase everything' }).waitFor();
      await expectAccessible(page);
      await keepScreenshot(page, `your-data-${name}`);
    });
  }

  it('erases it once the user id was typed, and not before', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/data' });
    const userId = dashboard.principalOf('Alice').toText();
    await page.getByRole('button', { name: 'Erase everything' }).click();
    const dialog = page.getByRole('alertdialog', { name: `Erase everything of ${userId}?` });
    const erase = dialog.getByRole('button', { name: 'Erase everything' });
    expect(await erase.isDisabled()).toBe(true);
    await dialog.getByLabel('Type the user id to confirm').fill(`${userId}x`);
    expect(await erase.isDisabled()).toBe(true);
    await expectAccessible(page);
    await keepScreenshot(page, 'your-data-erase');
    await dialog.getByLabel('Type the user id to confirm').fill(userId);
    await erase.click();
    await page.getByText('Everything was erased').waitFor();
    const alice = await dashboard.clientOf('Alice');
    expect(await alice.listCredentials({ userId })).toEqual([]);
  });
});
