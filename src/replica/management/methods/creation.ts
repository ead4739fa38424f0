import { Principal } from '@dfinity/principal';
import { hashOfMap } from '../../codec/hash-of-map.ts';
import { principalText } from '../../codec/principal-text.ts';
import { noteConsumed } from '../../execution/consume.ts';
import { Canister } from '../../state/canister.ts';
import { defaultSettings } from '../../state/canister-settings.ts';
import type { CreateCanisterValue, ProvisionalCreateValue, ProvisionalTopUpValue } from '../arguments.ts';
import { requireCanister } from '../authorise.ts';
import { decodeArgument, encodeNothing, encodeResult } from '../candid.ts';
import { recordChange } from '../history.ts';
import type { ManagementCall, ManagementMethod } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import { changeSettings, requirePayable } from '../settings.ts';
import { CanisterIdResult, CreateCanisterArg, ProvisionalCreateArg, ProvisionalTopUpArg } from '../types.ts';

/** What a canister gets that nobody pays for, in cycles. */
const PROVISIONAL_BALANCE = 100_000_000_000_000n;

/** Creates a canister, paid for by the cycles that come with the call; free on a subnet with admins ("IC method create_canister"). */
export const createCanister: ManagementMethod = {
  callers: 'canisters and admins',
  run: (call) => {
    const value = decodeArgument<CreateCanisterValue>(CreateCanisterArg, call.arg);
    const fee = call.world.subnetAdmins.length > 0 ? 0n : call.world.costs.creation;
    if (call.cycles < fee) {
      refuse(
        'IC0408',
        `Creating a canister requires a fee of ${fee} cycles, ${call.cycles} came with the call`,
      );
    }
    const canister = addCanister(call, {
      settings: value.settings,
      cycles: call.cycles - fee,
      senderVersion: value.sender_canister_version,
    });
    noteConsumed(call.world, canister, 'canister_creation', fee);
    return { data: encodeId(canister), accepted: call.cycles };
  },
};

/** Creates a canister from nothing ("IC method provisional_create_canister_with_cycles"). */
export const provisionalCreate: ManagementMethod = {
  callers: 'anyone',
  run: (call) => {
    const value = decodeArgument<ProvisionalCreateValue>(ProvisionalCreateArg, call.arg);
    const [specified] = value.specified_id;
    const [amount = PROVISIONAL_BALANCE] = value.amount;
    const canister = addCanister(call, {
      settings: value.settings,
      specifiedId: specified?.toUint8Array(),
      cycles: amount,
      senderVersion: value.sender_canister_version,
    });
    return { data: encodeId(canister) };
  },
};

/** Adds cycles from nothing ("IC method provisional_top_up_canister"). */
export const provisionalTopUp: ManagementMethod = {
  callers: 'anyone',
  run: ({ world, arg }) => {
    const { canister_id, amount } = decodeArgument<ProvisionalTopUpValue>(ProvisionalTopUpArg, arg);
    const canister = requireCanister(world, canister_id);
    canister.cycles += amount;
    world.outbox.changed(canister);
    return { data: encodeNothing() };
  },
};

/** A canister that is to be made. */
interface NewCanister {
  readonly settings: CreateCanisterValue['settings'];
  /** Who controls it unless the settings say otherwise; the caller unless told. */
  readonly creator?: Uint8Array;
  readonly specifiedId?: Uint8Array | undefined;
  readonly cycles: bigint;
  readonly senderVersion: readonly bigint[];
}

/** Makes a canister. Refuses settings that none can have. */
export function addCanister(
  call: ManagementCall,
  { settings: [wanted], creator = call.origin.sender, specifiedId, cycles, senderVersion }: NewCanister,
): Canister {
  const { canisters } = call.world;
  const defaults = defaultSettings([creator]);
  const settings = wanted === undefined ? defaults : changeSettings(defaults, wanted);
  if (specifiedId !== undefined) {
    const text = principalText(specifiedId);
    if (!canisters.isInRange(specifiedId)) {
      refuse('IC0408', `The specified_id ${text} is in none of this subnet's ranges of canister ids`);
    }
    if (canisters.get(specifiedId) !== undefined) refuse('IC0538', `Canister ${text} is already installed.`);
  }
  // Nobody takes notice of this one: ids are not spent on what is refused.
  const planned = new Canister(specifiedId ?? new Uint8Array(), settings);
  planned.cycles = cycles;
  requirePayable(call.world, planned, settings, defaults);
  const canister = new Canister(specifiedId ?? canisters.takeFreeId(), settings);
  canister.paidUntil = call.world.now();
  canister.cycles = cycles;
  canisters.add(canister);
  const details = {
    kind: 'creation',
    controllers: settings.controllers,
    variablesHash: wanted?.environment_variables[0] && hashOfMap(settings.environmentVariables),
  } as const;
  recordChange(call, canister, details, senderVersion);
  return canister;
}

function encodeId({ id }: Canister): Uint8Array {
  return encodeResult(CanisterIdResult, { canister_id: Principal.fromUint8Array(id) });
}
