import { IcpFeaturesConfig, SubnetStateType } from '@dfinity/pic';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { describe, expect, it } from 'vitest';
import { setupPic } from './setup-pic.ts';

const NEW = { state: { type: SubnetStateType.New } } as const;
const ON = IcpFeaturesConfig.DefaultConfig;
const LEDGERS = [
  ['ryjl3-tyaaa-aaaaa-aaaba-cai', 10n ** 17n, 10_000n],
  ['um5iw-rqaaa-aaaaq-qaaba-cai', 2n ** 127n - 1n, 100_000_000n],
] as const;

const Account = IDL.Record({ owner: IDL.Principal, subaccount: IDL.Opt(IDL.Vec(IDL.Nat8)) });

interface AccountValue {
  readonly owner: Principal;
  readonly subaccount: [];
}
interface Ledger {
  icrc1_balance_of(account: AccountValue): Promise<bigint>;
  icrc1_transfer(transfer: object): Promise<{ Ok: bigint } | { Err: object }>;
}

/** What of ICRC-1 the test uses. */
const ledger: IDL.InterfaceFactory = () =>
  IDL.Service({
    icrc1_balance_of: IDL.Func([Account], [IDL.Nat], ['query']),
    icrc1_transfer: IDL.Func(
      [
        IDL.Record({
          to: Account,
          amount: IDL.Nat,
          fee: IDL.Opt(IDL.Nat),
          memo: IDL.Opt(IDL.Vec(IDL.Nat8)),
          from_subaccount: IDL.Opt(IDL.Vec(IDL.Nat8)),
          created_at_time: IDL.Opt(IDL.Nat64),
        }),
      ],
      [
        IDL.Variant({
          Ok: IDL.Nat,
          Err: IDL.Variant({ InsufficientFunds: IDL.Record({ balance: IDL.Nat }) }),
        }),
      ],
    ),
  });

const createInstance = setupPic();

describe('the ledgers of icp_features', () => {
  it.each(LEDGERS)('have what the anonymous principal can give: %s', async (id, first, fee) => {
    const pic = await createInstance({
      application: [NEW],
      icpFeatures: { icpToken: ON, cyclesToken: ON, cyclesMinting: ON },
    });
    const actor = pic.createActor<Ledger>(ledger, Principal.fromText(id));
    const account = (owner: Principal): AccountValue => ({ owner, subaccount: [] });
    const [anonymous, somebody] = [Principal.anonymous(), Principal.fromUint8Array(Uint8Array.of(1, 2, 3))];
    expect(await actor.icrc1_balance_of(account(anonymous))).toBe(first);
    const transfer = {
      to: account(somebody),
      amount: 5n,
      fee: [],
      memo: [],
      from_subaccount: [],
      created_at_time: [],
    };
    expect(await actor.icrc1_transfer(transfer)).toHaveProperty('Ok');
    expect(await actor.icrc1_balance_of(account(somebody))).toBe(5n);
    expect(await actor.icrc1_balance_of(account(anonymous))).toBe(first - 5n - fee);
    expect(await actor.icrc1_transfer({ ...transfer, amount: first })).toEqual({
      Err: { InsufficientFunds: { balance: first - 5n - fee } },
    });
  });
});
