import type { SubnetType } from '../certification/state-entries.ts';
import { type CanisterIdRange, canisterIdRange, FIRST_ORDINARY_NUMBER } from '../state/canister-ids.ts';

/** What a subnet can stand for, by the names of the protocol. */
export type SubnetKind =
  | 'Application'
  | 'VerifiedApplication'
  | 'System'
  | 'CloudEngine'
  | 'NNS'
  | 'II'
  | 'SNS'
  | 'Fiduciary'
  | 'Bitcoin'
  | 'TestThresholdKeys';

/** What a client asks of a subnet. Plain data. */
export interface SubnetSpec {
  readonly kind: SubnetKind;
  /** Absent for "Normal". System subnets charge nothing by either. */
  readonly costSchedule?: 'Free' | undefined;
  /** Absent for "Production". */
  readonly instructions?: 'Benchmarking' | undefined;
}

/** What a subnet is, and where it is among the instance's subnets: its ids and keys follow from its kind and index alone. */
export interface SubnetPlace extends SubnetSpec {
  readonly index: number;
  /** Of the canister for which it was made; undefined for one that the client asked for. */
  readonly number?: bigint | undefined;
}

type NumberRange = readonly [first: bigint, last: bigint];

interface KindFacts {
  /** Its field in a `subnet_config_set`, and whether that is an array. */
  readonly field: string;
  readonly many: boolean;
  readonly type: SubnetType;
  /** How many nodes such a subnet of the public network has. */
  readonly size: number;
  /** Numbers of the canister ids that the public network has given to such a subnet. */
  readonly numbers: readonly NumberRange[];
}

/** In the order in which subnets are made, so that the first application subnet has the ids that clients expect. */
export const KINDS: Readonly<Record<SubnetKind, KindFacts>> = {
  Application: { field: 'application', many: true, type: 'application', size: 13, numbers: [] },
  VerifiedApplication: {
    field: 'verified_application',
    many: true,
    type: 'verified_application',
    size: 13,
    numbers: [],
  },
  System: { field: 'system', many: true, type: 'system', size: 13, numbers: [] },
  CloudEngine: { field: 'cloud_engine', many: true, type: 'cloud_engine', size: 4, numbers: [] },
  NNS: {
    field: 'nns',
    many: false,
    type: 'system',
    size: 40,
    numbers: [
      [0n, 6n],
      [8n, 0xf_ffffn],
    ],
  },
  II: {
    field: 'ii',
    many: false,
    type: 'system',
    size: 34,
    numbers: [
      [7n, 7n],
      [0x210_0000n, 0x21f_ffffn],
    ],
  },
  SNS: {
    field: 'sns',
    many: false,
    type: 'application',
    size: 34,
    numbers: [[0x200_0000n, 0x20f_ffffn]],
  },
  Fiduciary: {
    field: 'fiduciary',
    many: false,
    type: 'application',
    size: 34,
    numbers: [[0x230_0000n, 0x23f_ffffn]],
  },
  Bitcoin: {
    field: 'bitcoin',
    many: false,
    type: 'system',
    size: 13,
    numbers: [[0x1a0_0000n, 0x1af_ffffn]],
  },
  TestThresholdKeys: {
    field: 'test_threshold_keys',
    many: false,
    type: 'application',
    size: 34,
    numbers: [],
  },
};

/** Every kind, in the order of `KINDS`. */
export const SUBNET_KINDS = Object.keys(KINDS).filter((kind): kind is SubnetKind => kind in KINDS);

/** How many canister ids a range has that is given to a subnet. */
const IDS_PER_RANGE = 1n << 20n;

/**
 * The canister ids of an instance's subnet: those of its kind, those around the number of a canister for which it is made, and
 * last those that it gives in turn, which for subnets lie one below the other.
 */
export function canisterRangesOf({ kind, index, number }: SubnetPlace): readonly CanisterIdRange[] {
  const given = number === undefined ? [] : [rangeFrom(number - (number % IDS_PER_RANGE))];
  const inTurn = rangeFrom(FIRST_ORDINARY_NUMBER - BigInt(index) * IDS_PER_RANGE);
  return [...KINDS[kind].numbers, ...given, inTurn].map(canisterIdRange);
}

function rangeFrom(first: bigint): NumberRange {
  return [first, first + IDS_PER_RANGE - 1n];
}
