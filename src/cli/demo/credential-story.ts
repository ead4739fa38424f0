import type { AgentType } from '../../client/index.ts';
import { DAY, MINUTE, type Step } from './plan.ts';
import type { SeededRandom } from './random.ts';

/** What becomes of an account's token. */
export type Fate =
  | 'kept'
  | 'refreshed'
  | 'refresh failed'
  | 'refused'
  | 'idle'
  | 'expired'
  | 'expiring'
  | 'revoked';

/** An account whose token an agent keeps for a user. */
export interface DemoAccount {
  readonly user: string;
  readonly agentType: AgentType;
  /** The default one unless told. */
  readonly account?: string;
  readonly fate: Fate;
  /** ns since 1970. */
  readonly storedAt: bigint;
  /** When the demo ends, ns since 1970. */
  readonly end: bigint;
}

const PREFIXES: Readonly<Record<AgentType, string>> = {
  GitHub: 'gho_demo',
  Asana: '1/demo',
  Gmail: 'ya29.demo',
  Calendar: 'ya29.demo',
  InFoundr: 'inf_demo',
};

/** The calls that store an account's token, and that lead to its fate. */
export function credentialStory(account: DemoAccount, random: SeededRandom): readonly Step[] {
  const { user, agentType, account: name, fate, storedAt, end } = account;
  const about = { user_id: user, agent_type: agentType, account: name };
  const token = () => `${PREFIXES[agentType]}_${random.between(1e8, 1e9)}`;
  const label = `refresh ${user} ${agentType} ${name ?? ''}`;
  const stored: Step = {
    at: storedAt,
    by: 'agent',
    method: 'store_credentials',
    values: {
      ...about,
      token: token(),
      ...(fate !== 'expired' && {
        token_data: JSON.stringify({
          token_type: 'bearer',
          scope: agentType === 'GitHub' ? 'repo' : 'read write',
        }),
      }),
      project_ids: [],
      expires_at: expiryOf(fate, { storedAt, end }),
    },
  };
  const middle = storedAt + ((end - storedAt) * 7n) / 10n;
  const refresh = (outcome: object): readonly Step[] => [
    { at: middle, by: 'agent', method: 'begin_token_refresh', values: about, label },
    {
      at: middle + MINUTE / 20n,
      by: 'agent',
      method: 'complete_token_refresh',
      values: (answers) => {
        // By the interface a refresh has its number.
        const { fencing } = answers.get(label) as { fencing: string };
        return { ...about, fencing, outcome };
      },
    },
  ];
  switch (fate) {
    case 'kept':
    case 'idle':
    case 'expired':
    case 'expiring':
      return [stored];
    case 'refreshed':
      return [stored, ...refresh({ refreshed: { token: token(), expires_at: String(end + 20n * DAY) } })];
    case 'refresh failed':
      return [stored, ...refresh({ failed: { reason: 'the provider answered 503' } })];
    case 'refused':
      return [stored, ...refresh({ rejected: { reason: 'invalid_grant: the user changed the password' } })];
    case 'revoked':
      return [stored, { at: middle, by: user, method: 'revoke_credentials', values: about }];
  }
}

/** ns since 1970 in decimal; undefined for a token that never expires. */
function expiryOf(fate: Fate, { storedAt, end }: { storedAt: bigint; end: bigint }): string | undefined {
  switch (fate) {
    case 'kept':
    case 'revoked':
      return undefined;
    case 'refreshed':
    case 'refresh failed':
    case 'refused':
      return String(end + 10n * DAY);
    case 'idle':
    case 'expired':
      return String(storedAt + (end - storedAt) / 2n + MINUTE);
    case 'expiring':
      return String(end + 9n * MINUTE);
  }
}
