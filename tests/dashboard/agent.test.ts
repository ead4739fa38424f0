import { Ed25519KeyIdentity } from '@dfinity/identity';
import { describe, expect, it } from 'vitest';
import { AgentServiceClient, UnauthorizedError } from '../../src/client/index.ts';
import { fillDay } from './support/fill.ts';
import {
  expectAccessible,
  keepScreenshot,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

const NS_PER_MS = 1_000_000n;

describe.skipIf(WHY_NO_BROWSER !== undefined)('the page of an agent', () => {
  const dashboard = setupDashboard(async (setup) => {
    await fillDay(setup, 'Alice');
    const userId = setup.principalOf('Alice').toText();
    const agent = await setup.clientOf('Mail agent');
    await agent.leaseAgentCredentials({ userId, agentType: 'GitHub', purpose: 'Open pull request 214' });
  });
  const mailAgent = () => `/agents/${dashboard.principalOf('Mail agent').toText()}`;

  /** An agent that Bob granted, and that acted for him. */
  const grantedBob = async (expiresAt?: bigint) => {
    const identity = Ed25519KeyIdentity.generate();
    const agent = identity.getPrincipal();
    const operator = await dashboard.clientOf('Operator');
    await operator.addAgent({ agent, name: 'Guest', scope: 'granted_users' });
    const userId = dashboard.principalOf('Bob').toText();
    await (await dashboard.clientOf('Bob')).grantAgent({ userId, agent, expiresAt });
    const { url: host, canisterId, rootKey } = dashboard.service;
    const client = await AgentServiceClient.create({
      host,
      canisterId,
      identity,
      rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
    });
    const act = () =>
      client.logActivity({ userId, agentType: 'Gmail', activityType: 'EmailSent', description: 'Wrote' });
    await act();
    return { agent, operator, act };
  };

  it('tells its rights, its tokens with their purpose, what it did, and leads to the filtered lists', async () => {
    const page = await dashboard.open({ person: 'Alice', path: mailAgent() });
    await page.getByRole('heading', { level: 1, name: 'Mail agent' }).waitFor();
    await page.getByRole('region', { name: 'What it may do' }).getByText('Not granted by you').waitFor();
    const counts = page.getByRole('region', { name: 'In the last 90 days' });
    await expect.poll(() => counts.getByRole('link').allInnerTexts()).toEqual(['5', '1']);
    await page
      .getByRole('region', { name: 'Latest tokens it got' })
      .getByText('Open pull request 214')
      .waitFor();
    await page.getByRole('region', { name: 'Latest interactions' }).getByText('Failed').waitFor();
    await page
      .getByRole('region', { name: 'Latest sessions' })
      .getByRole('link', { name: 'Session' })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'Calendar session' }).waitFor();
    await page.goBack();
    await page
      .getByRole('region', { name: 'Latest activities' })
      .getByRole('link', { name: 'Show all' })
      .click();
    const table = page.getByRole('table', { name: 'Activities' });
    await table.getByText('Answered Dana about the invoice of October').first().waitFor();
    await page.getByRole('button', { name: 'Remove the filter: Agent' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('agent')).toBeNull();
    expect(await page.content()).not.toContain('secret-');
  });

  it('is where its name leads in a list, a panel and the list of agents', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/interactions' });
    const isThere = async () => {
      await page.getByRole('heading', { level: 1, name: 'Mail agent' }).waitFor();
      await page.goBack();
    };
    await page.getByRole('table').getByRole('link', { name: 'Mail agent' }).first().click();
    await isThere();
    await page.getByRole('table').getByRole('button').first().click();
    await page.getByRole('dialog').getByRole('link', { name: 'Mail agent' }).click();
    await isThere();
    await page.goto(`${dashboard.url}/agents`);
    await page
      .getByRole('region', { name: /Acting without/ })
      .getByRole('link', { name: 'Mail agent' })
      .click();
    await isThere();
    await page.goto(`${dashboard.url}/activities`);
    await page.getByRole('table').getByRole('link', { name: 'Mail agent' }).first().click();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Mail agent' }).waitFor();
  });

  it('is empty-handed for a person for whom it did nothing', async () => {
    const page = await dashboard.open({ person: 'Bob', path: mailAgent() });
    await page.getByText('It did nothing for you').waitFor();
    await page.getByText('It got no token of yours').waitFor();
    await page.getByText('Not used yet').waitFor();
  });

  it('says that there is no such agent, for a principal that did nothing and for a text that is none', async () => {
    const page = await dashboard.open({ person: 'Bob' });
    const own = dashboard.principalOf('Bob').toText();
    const stranger = Ed25519KeyIdentity.generate().getPrincipal().toText();
    for (const address of [stranger, own, 'nobody', '%20', 'a'.repeat(300)]) {
      await page.goto(`${dashboard.url}/agents/${address}`);
      await page.getByText('There is no such agent').waitFor();
    }
    await page.getByRole('link', { name: 'All agents' }).click();
    await page.getByRole('heading', { level: 1, name: 'Agents' }).waitFor();
  });

  it('states: stopped, granted, removed, and one whose grant or registration has ended', async () => {
    const { agent, operator, act } = await grantedBob();
    const page = await dashboard.open({ person: 'Bob', path: `/agents/${agent.toText()}` });
    const states = page.getByRole('region', { name: 'What it may do' });
    await states.getByText('Granted by you', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await states.getByText('Stopped by you').waitFor();
    await expect(act()).rejects.toBeInstanceOf(UnauthorizedError);
    await page.getByRole('button', { name: 'Let it act again' }).click();
    await states.getByText('Stopped by you').waitFor({ state: 'detached' });
    await act();
    await operator.removeAgent(agent);
    await page.reload();
    await states.getByText('No longer registered').waitFor();
    await page.getByRole('region', { name: 'Latest activities' }).getByText('Wrote').first().waitFor();

    const soon = BigInt(Date.now() + 4000) * NS_PER_MS;
    const ending = await grantedBob(soon);
    await page.goto(`${dashboard.url}/agents/${ending.agent.toText()}`);
    await expect
      .poll(
        async () => {
          await page.reload();
          await states.getByText('May').first().waitFor();
          return await states.getByText('Your grant has ended').count();
        },
        { timeout: 60_000 },
      )
      .toBe(1);
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`is accessible: ${name}`, async () => {
      const page = await dashboard.open({ person: 'Alice', path: mailAgent(), view });
      await page.getByText('Open pull request 214').first().waitFor();
      await expectAccessible(page);
      await keepScreenshot(page, `agent-${name}`);
    });
  }
});
