import { AnonymousIdentity } from '@dfinity/agent';
import { CanisterCalls } from '../../client/calls/canister-calls.ts';
import { RefusalError } from '../../client/errors.ts';
import type { ServicePlace } from '../../json-interface/callers/caller.ts';

const TIMEOUT_MS = 5000;

/**
 * Whether the service answers, and the answer verifies: it is asked as nobody, whom it refuses. An answer to a query is signed by the
 * node that gives it.
 */
export async function reachesService(place: ServicePlace): Promise<boolean> {
  try {
    const identity = new AnonymousIdentity();
    const calls = await CanisterCalls.create({ ...place, identity, timeoutMs: TIMEOUT_MS });
    await calls.call('get_agent_status', ['']);
    return true;
  } catch (error) {
    return error instanceof RefusalError;
  }
}
