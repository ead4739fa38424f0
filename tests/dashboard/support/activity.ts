import { Principal } from '@dfinity/principal';
import type { AgentActivity } from '../../../src/client/index.ts';

/** An activity as the service gives it, with what is said to be different. */
export function activity(different: Partial<AgentActivity> = {}): AgentActivity {
  return {
    id: 'act-0000000000000001',
    userId: 'alice',
    agentType: 'Gmail',
    activityType: 'EmailSent',
    description: 'Wrote to Dana',
    timestamp: 1_795_521_915_826_000_000n,
    metadata: undefined,
    actor: Principal.anonymous(),
    ...different,
  };
}
