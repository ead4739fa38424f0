import { AnonymousIdentity } from '@dfinity/agent';
import { CanisterCalls } from '../../client/canister-calls.ts';
import { RefusalError } from '../../client/errors.ts';
import type { ServicePlace } from './callers.ts';
import { withDeadline } from './deadline.ts';

const DEADLINE_MS = 5000;

/**
 * Whether the service answers, and the answer verifies: it is asked as nobody, whom it refuses. An answer to a query is signed by the
 * node that gives it.
 */
export async function reachesService(place: ServicePlace): Promise<boolean> {
  try {
    const calls = await CanisterCalls.create({ ...place, identity: new AnonymousIdentity() });
    await withDeadline(calls.call('get_agent_status', ['']), DEADLINE_MS);
    return true;
  } catch (error) {
    return error instanceof RefusalError;
  }
}
