import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fillDay } from './support/fill.ts';
import {
  expectAccessible,
  keepScreenshot,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

const SECRET = /secret-(token|session)/;
/** A secret, or a sealed one where a person would take it for one. */
const SHOWN_SECRET = /secret-(token|session)|agent-service-sealed/;

describe.skipIf(WHY_NO_BROWSER !== undefined)('the page of credentials', () => {
  const dashboard = setupDashboard((setup) => fillDay(setup, 'Alice'));
  const openPanel = async (service: string): Promise<Page> => {
    const page = await dashboard.open({ person: 'Alice', path: '/credentials' });
    await page.getByRole('button', { name: service, exact: true }).click();
    await page.getByRole('dialog', { name: service }).waitFor();
    return page;
  };

  it('reads no token of credentials before its owner asks for it, and shows none before and after', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    const answers: Promise<string>[] = [];
    let derivations = 0;
    page.on('request', (request) => {
      const body = request.postDataBuffer()?.toString('latin1') ?? '';
      if (request.url().endsWith('/call') && body.includes('derive_opening_key')) derivations++;
    });
    page.on('response', (response) => {
      answers.push(
        response.body().then(
          (body) => body.toString('latin1'),
          () => '',
        ),
      );
    });
    for (const path of ['/credentials', '/sessions', '/interactions', '/activities', '/']) {
      await page.goto(dashboard.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      expect(await page.content()).not.toMatch(SHOWN_SECRET);
    }
    await page.goto(`${dashboard.url}/credentials`);
    await page.getByRole('button', { name: 'Gmail', exact: true }).click();
    await page.getByRole('dialog', { name: 'Gmail' }).getByRole('button', { name: 'Show token' }).click();
    const dialog = page.getByRole('dialog', { name: 'Show the token?' });
    await dialog.getByText('it appears in your activities').waitFor();
    await expectAccessible(page);
    const before = await Promise.all(answers);
    expect(before.length).toBeGreaterThan(10);
    expect(before.filter((body) => SECRET.test(body))).toEqual([]);
    expect(derivations).toBe(0);

    await dialog.getByLabel('Purpose').fill('To look at it once');
    await dialog.getByRole('button', { name: 'Show token' }).click();
    const shown = page.getByRole('dialog', { name: 'Token', exact: true });
    await shown.waitFor();
    expect(await page.content()).not.toMatch(SHOWN_SECRET);
    await shown.getByRole('button', { name: 'Reveal' }).click();
    await shown.getByText('secret-token-of-Gmail').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'credential-token');
    await shown.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('The token is in the clipboard.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('secret-token-of-Gmail');
    await shown.getByRole('button', { name: 'Hide' }).click();
    expect(await page.content()).not.toMatch(SHOWN_SECRET);
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
    expect(await page.content()).not.toMatch(SHOWN_SECRET);
    // It was opened in the page.
    expect((await Promise.all(answers)).filter((body) => SECRET.test(body))).toEqual([]);
    expect(derivations).toBeGreaterThan(0);
    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toMatch(
      SHOWN_SECRET,
    );

    await page.goto(`${dashboard.url}/activities?type=TokenLeased`);
    await page.getByRole('button', { name: 'Token handed out' }).first().click();
    await page.getByRole('dialog').getByText('To look at it once').first().waitFor();
  });

  it('revokes, and shows no way to a token that is not there', async () => {
    const page = await openPanel('Calendar');
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('table').getByText('Revoked', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Calendar', exact: true }).click();
    const panel = page.getByRole('dialog', { name: 'Calendar' });
    await panel.getByText('Revoked', { exact: true }).waitFor();
    expect(await panel.getByRole('button', { name: 'Show token' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByLabel('State').selectOption('Revoked');
    await expect.poll(() => page.getByRole('cell').getByRole('button').count()).toBe(1);
  });

  it('says what the service refuses', async () => {
    const page = await openPanel('GitHub');
    await page.getByRole('button', { name: 'Show token' }).click();
    const dialog = page.getByRole('dialog', { name: 'Show the token?' });
    await dialog.getByLabel('Purpose').fill('x'.repeat(513));
    await dialog.getByText('A purpose has 1 to 512 bytes.').waitFor();
    await dialog.getByLabel('Purpose').fill('Too late');
    await (await dashboard.clientOf('Mail agent')).revokeCredentials({
      userId: dashboard.principalOf('Alice').toText(),
      agentType: 'GitHub',
    });
    await dialog.getByRole('button', { name: 'Show token' }).click();
    await dialog.getByRole('alert').getByText(/./).waitFor();
    expect(await page.content()).not.toMatch(SHOWN_SECRET);
  });

  it('an "undo" that delays a stop: revokes at once, and the very next lease fails', async () => {
    const page = await openPanel('Gmail');
    await page.getByRole('button', { name: 'Revoke' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Revoke Gmail, Default account?' });
    await dialog.getByText('The service deletes the token at once').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'credential-revoke');
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('The credentials are revoked').waitFor();
    await page.context().close();
    const agent = await dashboard.clientOf('Mail agent');
    const userId = dashboard.principalOf('Alice').toText();
    await expect(
      agent.leaseAgentCredentials({ userId, agentType: 'Gmail', purpose: 'Push' }),
    ).rejects.toThrow();
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`is accessible: ${name}`, async () => {
      const page = await dashboard.open({ person: 'Alice', path: '/credentials', view });
      await page.getByRole('table').waitFor();
      await expectAccessible(page);
      await keepScreenshot(page, `credentials-${name}`);
    });
  }
});
