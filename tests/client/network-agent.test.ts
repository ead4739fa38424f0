import { TransportError } from '@dfinity/agent';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CanisterCalls } from '../../src/client/canister-calls.ts';

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
      await expect(calls.call(method, ['alice'])).rejects.toThrow(TransportError);
      expect(warn).not.toHaveBeenCalled();
    },
  );
});
