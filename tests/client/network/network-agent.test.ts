import { Ed25519KeyIdentity } from '@dfinity/identity';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CanisterCalls } from '../../../src/client/calls/canister-calls.ts';
import { NetworkError } from '../../../src/client/errors.ts';

describe('NetworkAgent', () => {
  it.each(['get_agent_status', 'end_agent_session'])(
    'tells of a network that is not there as such, and prints nothing (%s)',
    async (method) => {
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
      onTestFinished(() => {
        vi.restoreAllMocks();
      });
      const calls = await CanisterCalls.create({
        host: 'http://127.0.0.1:9',
        canisterId: 'rrkah-fqaaa-aaaaa-aaaaq-cai',
        identity: Ed25519KeyIdentity.generate(),
      });
      const failed = calls.call(method, ['alice']);
      await expect(failed).rejects.toThrow(NetworkError);
      await expect(failed).rejects.toMatchObject({
        kind: 'NetworkError',
        code: 'not_reached',
        certified: false,
        message: 'the network is not reached at http://127.0.0.1:9',
      });
      expect(warn).not.toHaveBeenCalled();
    },
  );
});
