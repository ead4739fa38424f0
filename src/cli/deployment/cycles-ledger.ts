import { Actor, type ActorMethod, type HttpAgent } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';

/** The cycles ledger of the Internet Computer. */
const CYCLES_LEDGER = 'um5iw-rqaaa-aaaaq-qaaba-cai';

type CreateError =
  | { InsufficientFunds: { balance: bigint } }
  | { TemporarilyUnavailable: null }
  | { FailedToCreate: { error: string } }
  | { GenericError: { message: string } };

interface CyclesLedger {
  create_canister: ActorMethod<
    [{ amount: bigint; created_at_time: [bigint] }],
    { Ok: { canister_id: Principal } } | { Err: CreateError }
  >;
}

/** The fields that are read; Candid's subtyping leaves out the others, and an unknown error is a decoding error. */
const cyclesLedgerIdl: IDL.InterfaceFactory = () => {
  const { Func, Nat, Nat64, Null, Opt, Record, Service, Text, Variant } = IDL;
  return Service({
    create_canister: Func(
      [Record({ amount: Nat, created_at_time: Opt(Nat64) })],
      [
        Variant({
          Ok: Record({ canister_id: IDL.Principal }),
          Err: Variant({
            InsufficientFunds: Record({ balance: Nat }),
            TemporarilyUnavailable: Null,
            FailedToCreate: Record({ error: Text }),
            GenericError: Record({ message: Text }),
          }),
        }),
      ],
      [],
    ),
  });
};

/** Creates a canister and pays for it with the caller's cycles. Fails with what the ledger says. */
export async function createFromCycles(agent: HttpAgent, amount: bigint): Promise<Principal> {
  const ledger = Actor.createActor<CyclesLedger>(cyclesLedgerIdl, { agent, canisterId: CYCLES_LEDGER });
  const createdAt = BigInt(Date.now()) * 1_000_000n;
  const result = await ledger.create_canister({ amount, created_at_time: [createdAt] });
  if ('Ok' in result) return result.Ok.canister_id;
  throw new Error(`The cycles ledger does not create the canister: ${describe(result.Err)}`);
}

function describe(error: CreateError): string {
  if ('InsufficientFunds' in error) {
    return `the caller has ${error.InsufficientFunds.balance} cycles there, which is not enough`;
  }
  if ('FailedToCreate' in error) return error.FailedToCreate.error;
  if ('GenericError' in error) return error.GenericError.message;
  return 'it is temporarily unavailable';
}
