import { describe, expect, it } from 'vitest';
import { fillDay } from './support/fill.ts';
import {
  expectAccessible,
  keepScreenshot,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

const COUNT = 60;
const JSON_TEXT = '{"total": 12345678901234567890, "total": 1.0, "ok": true}';
const LONG = `${'A long answer. '.repeat(400)}The end.`;
const HOSTILE = '<img src=x onerror=alert(1)>\u202e reversed\n  kept   spaces';

describe.skipIf(WHY_NO_BROWSER !== undefined)('the page of a session', () => {
  const ids: { talk?: string; empty?: string } = {};
  const dashboard = setupDashboard(async (setup) => {
    const agent = await setup.clientOf('Mail agent');
    const userId = setup.principalOf('Alice').toText();
    const agentType = 'Gmail';
    const begin = () => agent.createSession({ userId, agentType, token: 'secret-session-token' });
    ids.talk = await begin();
    ids.empty = await begin();
    const say = (message: string, response: string, success = true) =>
      agent.storeInteraction({ userId, agentType, message, response, success, sessionId: ids.talk });
    for (let at = 1; at <= COUNT; at++) await say(`Question ${at}`, `Answer ${at}`);
    await say(HOSTILE, JSON_TEXT);
    await say('Why?', LONG, false);
    await fillDay(setup, 'Bob');
  });
  const path = () => `/sessions/${ids.talk ?? ''}`;

  it('is a conversation: in order, paged, with failures, and each text as it was stored', async () => {
    const page = await dashboard.open({ person: 'Alice', path: path() });
    const talk = page.getByRole('region', { name: 'Conversation' });
    const turns = talk.getByRole('list').first().locator('> li');
    await talk.getByText('The newest 50 interactions').waitFor();
    expect(await turns.first().innerText()).toContain('Question 13');
    await talk.getByRole('button', { name: 'Show earlier ones' }).click();
    await talk.getByText(`${COUNT + 2} interactions`).waitFor();
    expect(await turns.first().innerText()).toContain('Question 1');
    expect(await turns.nth(9).innerText()).toContain('Answer 10');
    const last = turns.last();
    await last.getByText('Failed').waitFor();
    expect(await last.innerText()).not.toContain('The end.');
    await last
      .getByRole('button', { name: `Show all ${LONG.length.toLocaleString('en')} characters` })
      .click();
    expect(await last.innerText()).toContain('The end.');
    const said = turns.nth(COUNT);
    expect(await said.locator('.said-text').first().textContent()).toBe(HOSTILE);
    expect(await said.innerText()).toContain('12345678901234567890');
    expect(await said.innerText()).toContain('1.0');
    await page.getByRole('region', { name: 'Session' }).getByRole('link', { name: 'Mail agent' }).waitFor();
    expect(await page.content()).not.toContain('secret-session-token');
  });

  it('shows what is said meanwhile, at the end', async () => {
    const page = await dashboard.open({ person: 'Alice', path: `/sessions/${ids.empty ?? ''}` });
    await page.getByText('Nothing was said in this session').waitFor();
    const agent = await dashboard.clientOf('Mail agent');
    const userId = dashboard.principalOf('Alice').toText();
    for (const message of ['First', 'Second']) {
      await agent.storeInteraction({
        userId,
        agentType: 'Gmail',
        message,
        response: 'Done',
        success: true,
        sessionId: ids.empty,
      });
    }
    const turns = page
      .getByRole('region', { name: 'Conversation' })
      .getByRole('list')
      .first()
      .locator('> li');
    await turns.last().getByText('Second').waitFor();
    await turns.first().getByText('First').waitFor();
    await page.getByRole('button', { name: 'End session' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End session' }).click();
    await page.getByRole('region', { name: 'Session' }).getByText('Ended').first().waitFor();
    await page.getByRole('button', { name: 'End session' }).waitFor({ state: 'detached' });
  });

  it('opens from the lists, by its address and after a reload, and Back leaves it', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/sessions' });
    await page.getByRole('table').getByRole('button').last().click();
    await page.getByRole('dialog').getByRole('link', { name: 'Open as a conversation' }).click();
    await page.getByRole('heading', { level: 1, name: 'Gmail session' }).waitFor();
    await page.reload();
    await page.getByText('The newest 50 interactions').waitFor();
    await page.goBack();
    await page.getByRole('dialog').getByRole('link', { name: 'Open as a conversation' }).waitFor();
    await page.goto(`${dashboard.url}/interactions?session=${ids.talk ?? ''}`);
    await page.getByRole('link', { name: 'Session', exact: true }).click();
    await page.getByText('The newest 50 interactions').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Remove the filter: Session' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('session')).toBeNull();
  });

  it('is not there for an unknown id, and not for a session of another person', async () => {
    const page = await dashboard.open({ person: 'Bob' });
    for (const id of [ids.talk ?? '', 'ses-0000000000000999', 'nothing', '%20', 'x'.repeat(300)]) {
      await page.goto(`${dashboard.url}/sessions/${id}`);
      await page.getByText('There is no such session').waitFor();
    }
    await page.getByRole('link', { name: 'All sessions' }).click();
    await page.getByRole('table', { name: 'Sessions' }).waitFor();
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`is accessible: ${name}`, async () => {
      const page = await dashboard.open({ person: 'Alice', path: path(), view });
      await page.getByText('The newest 50 interactions').waitFor();
      await expectAccessible(page);
      await keepScreenshot(page, `session-${name}`);
    });
  }
});
