import { HttpAgent } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { createFromCycles } from '../../../src/cli/deployment/cycles-ledger.ts';
import { canister, data, update } from '../../replica/support/canister-wat.ts';
import { setupNetwork } from '../../replica/support/setup-network.ts';

const { Nat, Nat64, Null, Opt, Record, Text, Variant } = IDL;

/** The result as the cycles ledger's own interface has it, with the fields that a deployment does not read. */
const RESULT = Variant({
  Ok: Record({ block_id: Nat, canister_id: IDL.Principal }),
  Err: Variant({
    GenericError: Record({ message: Text, error_code: Nat }),
    TemporarilyUnavailable: Null,
    Duplicate: Record({ duplicate_of: Nat, canister_id: Opt(IDL.Principal) }),
    CreatedInFuture: Record({ ledger_time: Nat64 }),
    FailedToCreate: Record({ error: Text, refund_block: Opt(Nat), fee_block: Opt(Nat) }),
    TooOld: Null,
    InsufficientFunds: Record({ balance: Nat }),
  }),
});

/** What a deployment gets from a ledger that answers so. */
async function createdBy(answer: unknown): Promise<Principal> {
  const reply = new Uint8Array(IDL.encode([RESULT], [answer]));
  const test = await setupNetwork({ manualTime: BigInt(Date.now()) * 1_000_000n });
  const ledger = await test.install(
    canister(
      `${data(100, reply)} ${update('create_canister', `(call $reply (i32.const 100) (i32.const ${reply.length}))`)}`,
    ),
  );
  const host = await test.network.listen({ port: 0 });
  const identity = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(1));
  const agent = await HttpAgent.create({ host, identity, rootKey: test.network.rootKey });
  return createFromCycles(agent, 2_000_000_000_000n, Principal.fromUint8Array(ledger));
}

describe('creating a canister from cycles', () => {
  it('gives the id of the canister', async () => {
    const canister_id = Principal.fromText('ryjl3-tyaaa-aaaaa-aaaba-cai');
    const created = await createdBy({ Ok: { block_id: 7n, canister_id } });
    expect(created.toText()).toBe(canister_id.toText());
  });

  it.each([
    [{ InsufficientFunds: { balance: 5n } }, 'the caller has 5 cycles there, which is not enough'],
    [{ FailedToCreate: { error: 'no room', refund_block: [], fee_block: [1n] } }, 'no room'],
    [{ GenericError: { message: 'broken', error_code: 1n } }, 'broken'],
    [{ Duplicate: { duplicate_of: 1n, canister_id: [] } }, 'made one for the same request already'],
    [{ CreatedInFuture: { ledger_time: 1n } }, "this machine's clock differs from the network's"],
    [{ TooOld: null }, "this machine's clock differs from the network's"],
    [{ TemporarilyUnavailable: null }, 'temporarily unavailable'],
  ])('fails with the reason that the ledger gives: %o', async (error, reason) => {
    await expect(createdBy({ Err: error })).rejects.toThrow(reason);
  });
});
