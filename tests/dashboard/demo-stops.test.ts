import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { RefusalError, UnauthorizedError } from '../../src/client/index.ts';
import { clientOf } from '../e2e/support/local-service.ts';
import { ALICES, setupDemo } from './support/demo.ts';
import { keepScreenshot, WHY_NO_BROWSER } from './support/open-dashboard.ts';

const GITHUB = { userId: ALICES, agentType: 'GitHub', purpose: 'Open pull request 214' } as const;

describe.skipIf(WHY_NO_BROWSER !== undefined)('Alice, in the demo,', () => {
  // Each user's story is the same, whoever else there is.
  const dashboard = setupDemo({ users: 4 });
  /** The agent that may act for every user. */
  const firstParty = () => clientOf(dashboard.service, 'agent');
  const agentsPage = async (): Promise<Page> => {
    const page = await dashboard.open({ person: 'Alice', path: '/agents' });
    await page.getByRole('table', { name: 'Tokens handed out' }).waitFor();
    return page;
  };

  const revokes = async () => {
    const agent = await firstParty();
    await agent.leaseAgentCredentials(GITHUB);
    const page = await dashboard.open({ person: 'Alice', path: '/credentials' });
    const row = page.getByRole('row').filter({ hasText: 'GitHub' }).filter({ hasText: 'Default account' });
    await row.getByRole('button').click();
    await page.getByRole('dialog', { name: 'GitHub' }).getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('The credentials are revoked').waitFor();
    await expect(agent.leaseAgentCredentials(GITHUB)).rejects.toBeInstanceOf(RefusalError);
    await row.getByText('Revoked', { exact: true }).waitFor();
    // The other account stays.
    await agent.leaseAgentCredentials({ ...GITHUB, account: 'work' });
  };

  const stopsAnAgent = async () => {
    const agent = await firstParty();
    const calls = [
      () => agent.leaseAgentCredentials({ ...GITHUB, account: 'work' }),
      () => agent.createSession({ userId: ALICES, agentType: 'GitHub' }),
      () =>
        agent.logActivity({
          userId: ALICES,
          agentType: 'GitHub',
          activityType: 'IssueCreated',
          description: 'Opened issue 7',
        }),
      () => agent.listInteractions({ userId: ALICES }),
    ];
    const page = await agentsPage();
    const others = page.getByRole('region', { name: 'Acting without your grant' });
    const entry = others.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'agent' }) });
    for (const call of calls) await call();
    await entry.getByRole('button', { name: 'Stop' }).click();
    await entry.getByText('Stopped by you').waitFor();
    for (const call of calls) await expect(call()).rejects.toBeInstanceOf(UnauthorizedError);
    const alice = await dashboard.clientOf('Alice');
    expect(await alice.listBlockedAgents(ALICES)).toHaveLength(1);

    // Its page says so, with when, and lets it act again.
    await entry.getByRole('link', { name: 'agent' }).click();
    await page.getByRole('heading', { level: 1, name: 'agent' }).waitFor();
    await page.getByText('Stopped by you').waitFor();
    await keepScreenshot(page, 'demo-agent-stopped');
    await page.getByRole('button', { name: 'Let it act again' }).click();
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
    for (const call of calls) await call();
  };

  const stopsEverything = async () => {
    const alice = await dashboard.clientOf('Alice');
    const grants = await alice.listGrants(ALICES);
    expect(grants.length).toBeGreaterThan(0);
    expect((await alice.getAgentStatus(ALICES)).activeSessions).toBeGreaterThan(0);
    const page = await agentsPage();
    await page.getByRole('button', { name: 'Stop everything' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Stop everything that acts for you?' });
    await dialog.getByText('3 agents are stopped').waitFor();
    await dialog.getByRole('button', { name: 'Stop everything' }).click();
    await page.getByText('Everything is stopped').waitFor();

    const blocked = (await alice.listBlockedAgents(ALICES)).map(({ agent }) => agent.toText());
    const agents = [
      ...grants.map((grant) => grant.agent),
      dashboard.principalOf('Mail agent'),
      dashboard.service.identities.agent.identity.getPrincipal(),
    ];
    expect(new Set(blocked)).toEqual(new Set(agents.map((one) => one.toText())));
    const held = (await alice.listCredentials({ userId: ALICES })).map(({ state }) => state);
    expect(held.filter((state) => !['revoked', 'expired'].includes(state))).toEqual([]);
    expect((await alice.getAgentStatus(ALICES)).activeSessions).toBe(0);
    const active = await alice.listSessions({ userId: ALICES, isActive: true, withoutTokens: true });
    expect(active.items).toEqual([]);
    const agent = await firstParty();
    await expect(agent.getAgentStatus(ALICES)).rejects.toBeInstanceOf(UnauthorizedError);
    // For others the agent goes on.
    await agent.getAgentStatus('jonas.weber');

    await page.getByRole('link', { name: 'Credentials', exact: true }).click();
    await page.getByRole('table', { name: 'Credentials' }).getByText('Revoked').first().waitFor();
    expect(await page.getByRole('table').getByText('Active', { exact: true }).count()).toBe(0);
    await keepScreenshot(page, 'demo-everything-stopped');
  };

  // One after the other: what the first two stop, the last one would have stopped.
  it('revokes a credential, stops a first-party agent, and then everything', async () => {
    await revokes();
    await stopsAnAgent();
    await stopsEverything();
  });
});
