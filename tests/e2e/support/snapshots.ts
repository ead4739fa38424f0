import { Actor, type ActorMethod, type HttpAgent } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';

interface Management {
  take_canister_snapshot: ActorMethod<[{ canister_id: Principal; replace_snapshot: [] }], { id: Uint8Array }>;
  load_canister_snapshot: ActorMethod<
    [{ canister_id: Principal; snapshot_id: Uint8Array; sender_canister_version: [] }],
    undefined
  >;
}

const managementIdl: IDL.InterfaceFactory = () => {
  const Blob = IDL.Vec(IDL.Nat8);
  const taken = IDL.Record({ id: Blob });
  const taking = IDL.Record({ canister_id: IDL.Principal, replace_snapshot: IDL.Opt(Blob) });
  const loading = IDL.Record({
    canister_id: IDL.Principal,
    snapshot_id: Blob,
    sender_canister_version: IDL.Opt(IDL.Nat64),
  });
  return IDL.Service({
    take_canister_snapshot: IDL.Func([taking], [taken], []),
    load_canister_snapshot: IDL.Func([loading], [], []),
  });
};

/** Takes a snapshot of a canister as its controller; the result brings the canister back to it. */
export async function takeSnapshot(agent: HttpAgent, canisterId: string): Promise<() => Promise<void>> {
  const canister_id = Principal.fromText(canisterId);
  const management = Actor.createActor<Management>(managementIdl, {
    agent,
    canisterId: Principal.managementCanister(),
    callTransform: () => ({ effectiveCanisterId: canister_id }),
  });
  const { id } = await management.take_canister_snapshot({ canister_id, replace_snapshot: [] });
  return async () => {
    await management.load_canister_snapshot({ canister_id, snapshot_id: id, sender_canister_version: [] });
  };
}
