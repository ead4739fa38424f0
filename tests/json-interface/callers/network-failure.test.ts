import { describe, expect, it } from 'vitest';
import { ClockError } from '../../../src/client/errors.ts';
import { asNetworkFailure } from '../../../src/json-interface/callers/network-failure.ts';

describe('the wall clock, behind the gateway', () => {
  it.each([
    [
      6 * 60_000 + 2000,
      "this machine's clock is 6 min 2 s behind the network's; set the clock of this machine",
    ],
    [
      -25 * 3_600_000,
      "this machine's clock is 1 d 1 h ahead of the network's; set the clock of this machine",
    ],
    [3_600_000, "this machine's clock is 1 h behind the network's; set the clock of this machine"],
  ])('%i ms: callers are told by how much it is off, and in which direction', (networkAheadMs, message) => {
    const error = new ClockError(networkAheadMs);
    expect(error.aheadMs).toBe(-networkAheadMs);
    expect(asNetworkFailure(error)).toMatchObject({
      name: 'NetworkFailure',
      kind: 'UntrustedAnswer',
      message,
    });
  });
});
