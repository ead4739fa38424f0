import type { AgentActivityType, AgentType } from '../../../src/client/index.ts';
import type { DashboardSetup, Person } from './open-dashboard.ts';

const DAY_NS = 86_400_000_000_000n;

const ACTIVITIES: readonly (readonly [AgentType, AgentActivityType, string])[] = [
  ['GitHub', 'PullRequestCreated', 'Opened pull request 214: retry uploads that time out'],
  ['Gmail', 'EmailSent', 'Answered Dana about the invoice of October'],
  ['Calendar', 'MeetingScheduled', 'Planning with Priya, Thursday 10:00'],
  ['Asana', 'TaskUpdated', 'Moved "Write the release notes" to Done'],
  ['Gmail', 'ErrorOccurred', 'The mailbox did not answer for 30 s'],
];

/** Writes what an agent does in a day for the person, as the mail agent: credentials, sessions, interactions and activities. */
export async function fillDay(setup: DashboardSetup, person: Person): Promise<void> {
  const agent = await setup.clientOf('Mail agent');
  const userId = setup.principalOf(person).toText();
  const now = BigInt(Date.now()) * 1_000_000n;
  const credentials: readonly (readonly [AgentType, bigint | undefined])[] = [
    ['GitHub', undefined],
    ['Gmail', now + 30n * DAY_NS],
    ['Calendar', now + 600_000_000_000n],
  ];
  for (const [agentType, expiresAt] of credentials) {
    await agent.storeCredentials({
      userId,
      agentType,
      token: `secret-token-of-${agentType}`,
      projectIds: [],
      expiresAt,
    });
    await agent.createSession({ userId, agentType, token: 'secret-session-token', projectId: 'launch' });
  }
  for (const [agentType, activityType, description] of ACTIVITIES) {
    const metadata = JSON.stringify({ latency_ms: 412, model: { name: 'small', tokens: [812, 96] } });
    const success = activityType !== 'ErrorOccurred';
    await agent.storeInteraction({
      userId,
      agentType,
      message: 'Please look after it',
      response: description,
      success,
      metadata,
    });
    await agent.logActivity({ userId, agentType, activityType, description, metadata });
  }
}
