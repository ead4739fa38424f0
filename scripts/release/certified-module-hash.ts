import { Certificate, LookupPathStatus } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import { callFailure } from '../../src/client/calls/agent-errors.ts';
import { INTERNET_COMPUTER } from '../../src/client/calls/canister-calls.ts';
import { NetworkAgent } from '../../src/client/network/network-agent.ts';
import { EXPIRY_MS } from '../../src/client/network/time-limit.ts';
import type { ServicePlace } from '../../src/json-interface/callers/caller.ts';

/**
 * The SHA-256 of the module that a canister runs, as hex digits; undefined where none is installed. A certificate of the network's root key says so; rejects
 * where it does not verify, or says nothing of the canister.
 */
export async function certifiedModuleHash(place: ServicePlace): Promise<string | undefined> {
  const canisterId = Principal.fromText(place.canisterId);
  const path = [label('canister'), canisterId.toUint8Array(), label('module_hash')];
  const found = (await certificateOf(place, canisterId, path)).lookup_path(path);
  switch (found.status) {
    case LookupPathStatus.Found:
      return Buffer.from(found.value).toString('hex');
    case LookupPathStatus.Absent:
      return undefined;
    default:
      throw new Error(`the network's certificate does not say what the canister ${place.canisterId} runs`);
  }
}

async function certificateOf(
  { host = INTERNET_COMPUTER, rootKey }: ServicePlace,
  canisterId: Principal,
  path: Uint8Array[],
): Promise<Certificate> {
  const agent = await NetworkAgent.connect({ host, ...(rootKey === undefined ? {} : { rootKey }) });
  try {
    const { certificate } = await agent.readState(canisterId, { paths: [path] });
    if (agent.rootKey === null) throw new Error('the network has no root key');
    return await Certificate.create({ certificate, rootKey: agent.rootKey, canisterId });
  } catch (error) {
    throw callFailure(error, { host, rootKey, timeoutMs: EXPIRY_MS, isUpdate: false, method: 'read_state' });
  }
}

function label(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
