import { type ActorMethod, AnonymousIdentity } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';
import { NetworkAgent } from '../../client/network/network-agent.ts';
import { CYCLES_LEDGER } from '../deployment/cycles-ledger.ts';
import { createToldActor } from '../deployment/told-actor.ts';

/** Enough for hundreds of canisters, in cycles. */
const AMOUNT = 1_000_000_000_000_000n;

interface Ledger {
  icrc1_balance_of: ActorMethod<[{ owner: Principal; subaccount: [] }], bigint>;
  icrc1_transfer: ActorMethod<[{ to: { owner: Principal; subaccount: [] }; amount: bigint }]>;
}

const ledgerIdl: IDL.InterfaceFactory = () => {
  const { Func, Nat, Nat8, Opt, Record, Service, Variant, Vec } = IDL;
  const Account = Record({ owner: IDL.Principal, subaccount: Opt(Vec(Nat8)) });
  return Service({
    icrc1_balance_of: Func([Account], [Nat], ['query']),
    icrc1_transfer: Func([Record({ to: Account, amount: Nat })], [Variant({ Ok: Nat })], []),
  });
};

/** Gives cycles to who has none on the local network, where the anonymous principal has them all: tools pay canisters with them. */
export async function fund(owner: Principal, host: string, rootKey: Uint8Array): Promise<void> {
  const agent = await NetworkAgent.connect({ host, rootKey, identity: new AnonymousIdentity() });
  const ledger = createToldActor<Ledger>(ledgerIdl, { agent, canisterId: CYCLES_LEDGER });
  if ((await ledger.icrc1_balance_of({ owner, subaccount: [] })) > 0n) return;
  await ledger.icrc1_transfer({ to: { owner, subaccount: [] }, amount: AMOUNT });
}
