import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { decodeArgument, decodeNothing, encodeResult } from '../management/candid.ts';
import type { ManagementMethod } from '../management/management-call.ts';
import { ManagementError } from '../management/management-error.ts';
import { addCanister } from '../management/methods/creation.ts';
import type { NativeCanister } from '../management/native-canister.ts';
import { CYCLES_LEDGER_ID, depositCycles } from './cycles-ledger.ts';
import { INTENTS, MINTING_ID, usePayment } from './icp-payment.ts';
import {
  ConversionRateResult,
  NotifyCreateCanisterArg,
  NotifyCreateCanisterResult,
  type NotifyCreateCanisterValue,
  NotifyMintCyclesArg,
  NotifyMintCyclesResult,
  type NotifyMintCyclesValue,
  NotifyTopUpArg,
  NotifyTopUpResult,
  type NotifyTopUpValue,
} from './minting-types.ts';
import { addCyclesAnywhere, subnetForCreation, subnetOf } from './subnets.ts';

/** Ten-thousandths of an XDR for an ICP, as PocketIC has it; an XDR is 10^12 cycles, and an ICP 10^8 e8s. */
const XDR_PERMYRIAD_PER_ICP = 35_200n;
const CYCLES_PER_E8S = (XDR_PERMYRIAD_PER_ICP * 10n ** 12n) / 10_000n / 10n ** 8n;
const NS_PER_SECOND = 1_000_000_000n;

/** Tools ask for it before they create a canister, and send `null` where the interface takes nothing. */
const getDefaultSubnets: ManagementMethod = {
  callers: 'anyone',
  run: ({ world }) => ({
    data: encodeResult(
      IDL.Vec(IDL.Principal),
      world.subnets().open.map(({ subnetId }) => Principal.fromUint8Array(subnetId)),
    ),
  }),
};

/** What an ICP is worth. Nothing certifies it: there is no canister behind it that could. */
const getConversionRate: ManagementMethod = {
  callers: 'anyone',
  run: ({ world, arg }) => {
    decodeNothing(arg);
    const data = {
      timestamp_seconds: world.now() / NS_PER_SECOND,
      xdr_permyriad_per_icp: XDR_PERMYRIAD_PER_ICP,
    };
    return {
      data: encodeResult(ConversionRateResult, {
        data,
        hash_tree: new Uint8Array(),
        certificate: new Uint8Array(),
      }),
    };
  },
};

/** Gives a canister the cycles that were paid for it in ICP. */
const notifyTopUp: ManagementMethod = {
  callers: 'anyone',
  run: ({ world, arg }) => {
    const { block_index, canister_id } = decodeArgument<NotifyTopUpValue>(NotifyTopUpArg, arg);
    const beneficiary = canister_id.toUint8Array();
    const result = usePayment(world, { block: block_index, intent: INTENTS.topUp, beneficiary }, (e8s) => {
      const made = e8s * CYCLES_PER_E8S;
      const reason = `There is no canister ${canister_id.toText()}`;
      return addCyclesAnywhere(world, beneficiary, made) ? { made } : { reason };
    });
    return { data: encodeResult(NotifyTopUpResult, result) };
  },
};

/** Creates a canister with the cycles that were paid for it in ICP. */
const notifyCreateCanister: ManagementMethod = {
  callers: 'anyone',
  run: (call) => {
    const value = decodeArgument<NotifyCreateCanisterValue>(NotifyCreateCanisterArg, call.arg);
    const { block_index, controller, settings } = value;
    const creator = controller.toUint8Array();
    const expected = { block: block_index, intent: INTENTS.create, beneficiary: creator };
    const result = usePayment(call.world, expected, (e8s) => {
      const world = subnetForCreation(call.world, value.subnet_selection[0]);
      if (typeof world === 'string') return { reason: world };
      const { creation: fee } = world.costs;
      const cycles = e8s * CYCLES_PER_E8S - fee;
      if (cycles < 0n) return { reason: `Creating a canister takes ${fee} cycles` };
      try {
        const { id } = addCanister({ ...call, world }, { settings, creator, cycles, senderVersion: [] });
        return { made: Principal.fromUint8Array(id) };
      } catch (error) {
        if (error instanceof ManagementError) return { reason: error.message };
        throw error;
      }
    });
    return { data: encodeResult(NotifyCreateCanisterResult, result) };
  },
};

/** Gives the caller's account at the cycles ledger the cycles that the caller paid in ICP. */
const notifyMintCycles: ManagementMethod = {
  callers: 'anyone',
  run: ({ world, arg, origin: { sender } }) => {
    const { block_index, to_subaccount } = decodeArgument<NotifyMintCyclesValue>(NotifyMintCyclesArg, arg);
    const expected = { block: block_index, intent: INTENTS.mint, beneficiary: sender };
    const result = usePayment(world, expected, (e8s) => {
      const minted = e8s * CYCLES_PER_E8S;
      const home = subnetOf(world, CYCLES_LEDGER_ID);
      if (home === undefined) return { reason: 'This network has no cycles ledger' };
      const deposit = depositCycles(home, { owner: sender, subaccount: to_subaccount[0] }, minted);
      return typeof deposit === 'string' ? { reason: deposit } : { made: { ...deposit, minted } };
    });
    return { data: encodeResult(NotifyMintCyclesResult, result) };
  },
};

const QUERIES: ReadonlyMap<string, ManagementMethod> = new Map([
  ['get_default_subnets', getDefaultSubnets],
  ['get_icp_xdr_conversion_rate', getConversionRate],
]);

/** The cycles minting canister, as far as tools use it: where canisters are created, and cycles for ICP. */
export const cyclesMinting: NativeCanister = {
  id: MINTING_ID,
  name: 'Cycles minting canister',
  updates: new Map([
    ...QUERIES,
    ['notify_top_up', notifyTopUp],
    ['notify_create_canister', notifyCreateCanister],
    ['notify_mint_cycles', notifyMintCycles],
  ]),
  queries: QUERIES,
};
