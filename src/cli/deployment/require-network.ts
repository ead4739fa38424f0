import { notReached } from '../../client/agent-errors.ts';
import { INTERNET_COMPUTER } from '../../client/canister-calls.ts';
import { CommandError } from '../command-error.ts';

const DEADLINE_MS = 10_000;

/**
 * Throws a `CommandError` where nobody answers at the URL. Asked before the first call, since @dfinity/agent takes a network that is not
 * there for one whose answers don't verify, and prints what it tried.
 */
export async function requireNetwork(host = INTERNET_COMPUTER): Promise<void> {
  try {
    await fetch(new URL('/api/v2/status', host), { signal: AbortSignal.timeout(DEADLINE_MS) });
  } catch (cause) {
    throw new CommandError(notReached(host), { cause });
  }
}
