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

describe.skipIf(WHY_NO_BROWSER !== undefined)('the agents of a person', () => {
  const dashboard = setupDashboard(async (setup) => {
    await fillDay(setup, 'Alice');
    const userId = setup.principalOf('Alice').toText();
    const agent = await setup.clientOf('Mail agent');
    await agent.leaseAgentCredentials({ userId, agentType: 'GitHub', purpose: 'Open pull request 214' });
    await agent.beginTokenRefresh({ userId, agentType: 'Calendar' });
  });

  /** An agent that acts for those alone who granted it. */
  const newAgent = async () => {
    const identity = Ed25519KeyIdentity.generate();
    const agent = identity.getPrincipal();
    await (await dashboard.clientOf('Operator')).addAgent({ agent, name: 'Guest', scope: 'granted_users' });
    const { url: host, canisterId, rootKey } = dashboard.service;
    const client = await AgentServiceClient.create({
      host,
      canisterId,
      identity,
      rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
    });
    return { agent: agent.toText(), client };
  };

  it('are granted, narrowed and withdrawn, which a second browser sees and the agent feels at once', async () => {
    const { agent, client } = await newAgent();
    const userId = dashboard.principalOf('Bob').toText();
    const second = await dashboard.open({ person: 'Bob', path: '/agents' });
    await second.getByText('You have granted nothing').waitFor();
    const page = await dashboard.open({ person: 'Bob', path: '/agents' });
    await expect(client.listActivities({ userId })).rejects.toBeInstanceOf(UnauthorizedError);

    await page.getByRole('button', { name: 'Grant access' }).click();
    const panel = page.getByRole('dialog', { name: 'Grant an agent access' });
    await panel.getByLabel('Principal of the agent').fill('nobody');
    await panel.getByRole('button', { name: 'Grant access' }).click();
    await panel.getByText('That is not a principal.').waitFor();
    await panel.getByText('Choose at least one service.').waitFor();
    await expectAccessible(page);
    await panel.getByLabel('Principal of the agent').fill(agent);
    await panel.getByLabel('Write:').check();
    await panel.getByLabel('Gmail').check();
    await panel.getByLabel('GitHub').check();
    await panel.getByRole('button', { name: 'Grant access' }).click();
    await page.getByText('The agent may act for you now').waitFor();
    const granted = second.getByRole('region', { name: 'What you granted' });
    await granted.getByText('Read · Write').waitFor();
    await granted.getByText('Guest', { exact: true }).waitFor();
    await client.logActivity({ userId, agentType: 'Gmail', activityType: 'EmailSent', description: 'Wrote' });

    await page.getByRole('button', { name: 'Change' }).click();
    const change = page.getByRole('dialog', { name: 'Change what the agent may do' });
    await change.getByLabel('Write:').uncheck();
    await change.getByLabel('Ends').fill('2099-12-31');
    await change.getByRole('button', { name: 'Save' }).click();
    await granted.getByText('Dec 31, 2099').waitFor();
    await expect(
      client.logActivity({ userId, agentType: 'Gmail', activityType: 'EmailSent', description: 'Wrote' }),
    ).rejects.toBeInstanceOf(UnauthorizedError);
    expect((await client.listActivities({ userId })).items.length).toBeGreaterThan(0);

    await page.getByRole('button', { name: 'Withdraw' }).click();
    const dialog = page.getByRole('alertdialog');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('The agent’s access is withdrawn').waitFor();
    await expect(client.listActivities({ userId })).rejects.toBeInstanceOf(UnauthorizedError);
    await second.getByText('You have granted nothing').waitFor();
    await second.getByText('You withdrew it').waitFor();
  });

  it('are not granted where the service does not know them', async () => {
    const page = await dashboard.open({ person: 'Bob', path: '/agents' });
    await page.getByRole('button', { name: 'Grant access' }).click();
    const unknown = Ed25519KeyIdentity.generate().getPrincipal().toText();
    await page.getByLabel('Principal of the agent').fill(unknown);
    await page.getByLabel('Asana').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Grant access' }).click();
    await page.getByText('The service does not know this agent.').waitFor();
  });

  it('are listed where they act without a grant, with every token that they were handed', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/agents' });
    const others = page.getByRole('region', { name: 'Acting without your grant' });
    await others.getByText('Not granted by you').waitFor();
    await others.getByText('5 interactions, 2 tokens handed out').waitFor();
    const leases = page.getByRole('table', { name: 'Tokens handed out' });
    await leases.getByText('To refresh the token').waitFor();
    await leases.getByText('Mail agent').first().waitFor();
    await leases.getByRole('button', { name: 'Open pull request 214' }).click();
    const panel = page.getByRole('dialog', { name: 'Token handed out' });
    await panel.getByText('Default account').waitFor();
    await panel.getByText('in 9 min').or(panel.getByText('in 10 min')).first().waitFor();
    await expectAccessible(page);
    expect(await page.content()).not.toContain('secret-token');

    // Who did it: the service, the purpose, the agent and the time, as words.
    await page.goto(`${dashboard.url}/activities?type=TokenLeased`);
    const table = page.getByRole('table');
    await table.getByText('GitHub: Open pull request 214').waitFor();
    await table.getByText('Mail agent').first().waitFor();
    await table.getByRole('button').last().click();
    await page.getByRole('dialog').getByText('Until', { exact: true }).waitFor();
  });

  it('the last word: are stopped by one switch, and all of it by another', async () => {
    await fillDay(dashboard, 'Bob');
    const userId = dashboard.principalOf('Bob').toText();
    const agent = await dashboard.clientOf('Mail agent');
    const log = () =>
      agent.logActivity({ userId, agentType: 'Gmail', activityType: 'EmailSent', description: 'Wrote' });
    const page = await dashboard.open({ person: 'Bob', path: '/agents' });
    const others = page.getByRole('region', { name: 'Acting without your grant' });
    const entry = others.getByRole('listitem').filter({ hasText: 'Mail agent' });
    await entry.getByRole('button', { name: 'Stop' }).click();
    await entry.getByText('Stopped by you').waitFor();
    await expect(log()).rejects.toBeInstanceOf(UnauthorizedError);
    await entry.getByRole('button', { name: 'Let it act again' }).click();
    await entry.getByRole('button', { name: 'Stop', exact: true }).waitFor();
    await log();

    await page.getByRole('button', { name: 'Stop everything' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Stop everything that acts for you?' });
    await expectAccessible(page);
    await keepScreenshot(page, 'agents-stop-everything');
    await dialog.getByRole('button', { name: 'Stop everything' }).click();
    await page.getByText('Everything is stopped').waitFor();
    await expect(log()).rejects.toBeInstanceOf(UnauthorizedError);
    const bob = await dashboard.clientOf('Bob');
    const left = (await bob.listCredentials({ userId })).filter(({ state }) => state !== 'revoked');
    expect(left).toEqual([]);
    expect((await bob.getAgentStatus(userId)).activeSessions).toBe(0);
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`are accessible: ${name}`, async () => {
      const { agent } = await newAgent();
      const page = await dashboard.open({ person: 'Alice', path: '/agents', view });
      await page.getByText('To refresh the token').waitFor();
      await page.getByRole('button', { name: 'Grant access' }).click();
      await page.getByLabel('Principal of the agent').fill(agent);
      await page.getByLabel('Calendar').check();
      await keepScreenshot(page, `agents-grant-${name}`);
      await page.getByRole('dialog').getByRole('button', { name: 'Grant access' }).click();
      await page.getByText('The agent may act for you now').waitFor();
      await expectAccessible(page);
      await keepScreenshot(page, `agents-${name}`);
    });
  }
});
