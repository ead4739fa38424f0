import { Principal } from '@dfinity/principal';
import type { NativeCanister } from '../management/native-canister.ts';
import { icpAccount } from './accounts.ts';
import { ICP_FEE } from './icp-payment.ts';
import { icpTransfer } from './icp-transfer.ts';
import { icrc1Queries, icrc1Transfer, type TokenFacts } from './icrc1.ts';

const TOKEN: TokenFacts = {
  name: 'Internet Computer',
  symbol: 'ICP',
  decimals: 8,
  fee: ICP_FEE,
  ledger: (world) => world.ledgers.icp,
  account: icpAccount,
};
const QUERIES = icrc1Queries(TOKEN);

/** The ICP ledger, as far as tools use it: balances, and transfers by ICRC-1 and by its own method. */
export const icpLedger: NativeCanister = {
  id: Principal.fromText('ryjl3-tyaaa-aaaaa-aaaba-cai').toUint8Array(),
  name: 'ICP ledger',
  updates: new Map([...QUERIES, ['icrc1_transfer', icrc1Transfer(TOKEN)], ['transfer', icpTransfer(TOKEN)]]),
  queries: QUERIES,
};
