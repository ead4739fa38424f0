import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { INTENTS, subaccountOf } from '../../../src/replica/system-canisters/icp-payment.ts';
import { IcpTransferResult } from '../../../src/replica/system-canisters/icp-transfer.ts';
import {
  ConversionRateResult,
  NotifyCreateCanisterArg,
  NotifyCreateCanisterResult,
  NotifyMintCyclesArg,
  NotifyMintCyclesResult,
  NotifyTopUpArg,
  NotifyTopUpResult,
} from '../../../src/replica/system-canisters/minting-types.ts';
import {
  balanceArgument,
  CYCLES_LEDGER,
  CYCLES_PER_ICP,
  decodeNat,
  ICP,
  ICP_LEDGER,
  MINTING_CANISTER,
  paymentArgument,
} from '../support/ledgers.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { owner, START, setupNetwork, stranger, type TestNetwork } from '../support/setup-network.ts';

const ANONYMOUS: Uint8Array = Uint8Array.of(4);
const CREATION_FEE = 500_000_000_000n;
const FEE = 10_000n;
const CYCLES_FEE = 100_000_000n;

/** Pays ICP of the anonymous principal for something of that principal; returns the block. */
async function pay(
  network: TestNetwork,
  beneficiary: Uint8Array,
  intent: bigint,
  e8s = ICP,
): Promise<bigint> {
  const to = { owner: MINTING_CANISTER, subaccount: subaccountOf(beneficiary) };
  const arg = paymentArgument(to, e8s, intent);
  const reply = expectReply(await network.call(ICP_LEDGER, 'transfer', arg, ANONYMOUS));
  const result: unknown = IDL.decode([IcpTransferResult], reply.slice())[0];
  expect(result).toHaveProperty('Ok');
  return (result as { Ok: bigint }).Ok;
}

async function ask(
  network: TestNetwork,
  method: string,
  [type, value, result]: readonly [IDL.Type, unknown, IDL.Type],
  sender = ANONYMOUS,
): Promise<unknown> {
  const arg = new Uint8Array(IDL.encode([type], [value]));
  return IDL.decode(
    [result],
    expectReply(await network.call(MINTING_CANISTER, method, arg, sender)).slice(),
  )[0];
}

async function topUp(network: TestNetwork, block_index: bigint, id: Uint8Array): Promise<unknown> {
  const value = { block_index, canister_id: Principal.fromUint8Array(id) };
  return ask(network, 'notify_top_up', [NotifyTopUpArg, value, NotifyTopUpResult]);
}

async function create(network: TestNetwork, block_index: bigint, changes: object = {}): Promise<unknown> {
  const value = {
    block_index,
    controller: Principal.fromUint8Array(owner),
    subnet_selection: [],
    settings: [],
    ...changes,
  };
  return ask(network, 'notify_create_canister', [NotifyCreateCanisterArg, value, NotifyCreateCanisterResult]);
}

async function mint(network: TestNetwork, block_index: bigint, sender: Uint8Array): Promise<unknown> {
  const value = { block_index, to_subaccount: [], deposit_memo: [] };
  return ask(network, 'notify_mint_cycles', [NotifyMintCyclesArg, value, NotifyMintCyclesResult], sender);
}

async function icpOf(network: TestNetwork, id: Uint8Array): Promise<unknown> {
  return decodeNat(expectReply(await network.query(ICP_LEDGER, 'icrc1_balance_of', balanceArgument(id))));
}

describe('the cycles minting canister', () => {
  it('tells the subnet on which canisters are created', async () => {
    const network = await setupNetwork();
    const reply = expectReply(await network.query(MINTING_CANISTER, 'get_default_subnets'));
    expect(IDL.decode([IDL.Vec(IDL.Principal)], reply.slice())[0]).toEqual([
      Principal.fromUint8Array(network.network.subnet.id),
    ]);
  });

  it('tells what an ICP is worth', async () => {
    const network = await setupNetwork();
    const none = new Uint8Array(IDL.encode([], []));
    const reply = expectReply(await network.query(MINTING_CANISTER, 'get_icp_xdr_conversion_rate', none));
    expect(IDL.decode([ConversionRateResult], reply.slice())[0]).toMatchObject({
      data: { xdr_permyriad_per_icp: 35_200n, timestamp_seconds: START / 1_000_000_000n },
    });
  });

  it('tops a canister up with what was paid for it, once', async () => {
    const network = await setupNetwork();
    const id = await network.create();
    const before = network.canister(id).cycles;
    const block = await pay(network, id, INTENTS.topUp);
    for (let i = 0; i < 2; i++) {
      expect(await topUp(network, block, id)).toEqual({ Ok: CYCLES_PER_ICP });
      expect(network.canister(id).cycles).toBe(before + CYCLES_PER_ICP);
    }
    const supply = await network.query(ICP_LEDGER, 'icrc1_total_supply', new Uint8Array(IDL.encode([], [])));
    expect(decodeNat(expectReply(supply))).toBe(2n * 10n ** 17n - FEE - ICP);
  });

  it('creates a canister of the controller that it was paid for', async () => {
    const network = await setupNetwork();
    const block = await pay(network, owner, INTENTS.create);
    const created = (await create(network, block)) as { Ok: Principal };
    const { cycles, settings } = network.canister(created.Ok.toUint8Array());
    expect(cycles).toBe(CYCLES_PER_ICP - CREATION_FEE);
    expect(settings.controllers).toEqual([owner]);
    expect(await create(network, block)).toEqual(created);
  });

  it('puts cycles into the account of who paid', async () => {
    const network = await setupNetwork();
    const block = await pay(network, owner, INTENTS.mint);
    const balance = CYCLES_PER_ICP - CYCLES_FEE;
    expect(await mint(network, block, owner)).toEqual({
      Ok: { balance, block_index: 1n, minted: CYCLES_PER_ICP },
    });
    const asked = await network.query(CYCLES_LEDGER, 'icrc1_balance_of', balanceArgument(owner));
    expect(decodeNat(expectReply(asked))).toBe(balance);
  });

  it.each([
    {
      beneficiary: stranger,
      intent: INTENTS.topUp,
      notify: async (network: TestNetwork, block: bigint) => topUp(network, block, stranger),
      reason: /There is no canister/,
    },
    {
      beneficiary: owner,
      intent: INTENTS.create,
      e8s: ICP / 10n,
      notify: create,
      reason: /takes 500000000000 cycles/,
    },
    {
      beneficiary: owner,
      intent: INTENTS.create,
      notify: async (network: TestNetwork, block: bigint) =>
        create(network, block, { subnet_selection: [{ Subnet: { subnet: Principal.anonymous() } }] }),
      reason: /has no subnet 2vxsx-fae/,
    },
    {
      beneficiary: owner,
      intent: INTENTS.mint,
      e8s: 1n,
      notify: async (network: TestNetwork, block: bigint) => mint(network, block, owner),
      reason: /less than the fee/,
    },
  ])(
    'pays back what comes to nothing: $reason',
    async ({ beneficiary, intent, e8s = ICP, notify, reason }) => {
      const network = await setupNetwork();
      const block = await pay(network, beneficiary, intent, e8s);
      const returned = e8s > FEE ? e8s - FEE : 0n;
      const refused = {
        Err: {
          Refunded: {
            reason: expect.stringMatching(reason),
            block_index: returned === 0n ? [] : [block + 1n],
          },
        },
      };
      for (let i = 0; i < 2; i++) expect(await notify(network, block)).toEqual(refused);
      expect(await icpOf(network, ANONYMOUS)).toBe(10n ** 17n - e8s - FEE + returned);
    },
  );

  it.each([
    ['a block that is none', 99n, INTENTS.topUp, /Block 99 has no payment with a memo/],
    ['a payment for something else', undefined, INTENTS.mint, /has the memo 1414416717, not 1347768404/],
  ])('takes no notification of %s', async (_case, block, intent, text) => {
    const network = await setupNetwork();
    const id = await network.create();
    const paid = await pay(network, id, intent);
    expect(await topUp(network, block ?? paid, id)).toEqual({
      Err: { InvalidTransaction: expect.stringMatching(text) },
    });
  });

  it('takes no notification about somebody else', async () => {
    const network = await setupNetwork();
    const [one, other] = [await network.create(), await network.create()];
    const block = await pay(network, one, INTENTS.topUp);
    expect(await topUp(network, block, other)).toEqual({
      Err: { InvalidTransaction: expect.stringMatching(/pays to .*, and the notification is about/) },
    });
    expectReject(await network.call(MINTING_CANISTER, 'notify_top_up', Uint8Array.of(1)), 'IC0408');
  });

  it('knows payments after the network was opened again', async () => {
    const directory = setupDirectory();
    const network = await setupNetwork({ directory });
    const id = await network.create();
    const block = await pay(network, id, INTENTS.topUp);
    await network.network.close();
    const again = await setupNetwork({ directory });
    expect(await topUp(again, block, id)).toEqual({ Ok: CYCLES_PER_ICP });
  });
});
