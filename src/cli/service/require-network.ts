import { notReached } from '../../client/calls/agent-errors.ts';
import { INTERNET_COMPUTER } from '../../client/calls/canister-calls.ts';
import { NetworkError } from '../../client/errors.ts';
import { isUnsent } from '../../client/network/sent-requests.ts';

/** Whoever takes longer is there, or is told by the call. */
const LIMIT_MS = 2000;

/** Throws a `NetworkError` where no machine is at the URL: @dfinity/agent would try for seconds. What else is wrong with a network, the call tells. */
export async function requireNetwork(host = INTERNET_COMPUTER): Promise<void> {
  try {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const { body } = await fetch(new URL('/api/v2/status', host), { signal, redirect: 'manual' });
    await body?.cancel();
  } catch (cause) {
    if (isUnsent(cause)) throw new NetworkError(notReached(host), { cause, code: 'not_reached' });
  }
}
