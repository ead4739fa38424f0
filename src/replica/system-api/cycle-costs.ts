import { utf8 } from '../codec/bytes.ts';

/**
 * What is charged on an application subnet of 13 nodes, in cycles ("Cycles cost schedule" of the public network).
 */

/** An update, timer or heartbeat, before its first instruction; each instruction costs one cycle more. */
export const EXECUTION_FEE = 5_000_000n;
export const CANISTER_CREATION_FEE = 500_000_000_000n;

const INGRESS_FEE = 1_200_000n;
const INGRESS_BYTE_FEE = 2_000n;
const CALL_FEE = 260_000n;
const CALL_BYTE_FEE = 1_000n;
const STORAGE_FEE_PER_GIB_SECOND = 127_000n;
const COMPUTE_FEE_PER_PERCENT_SECOND = 10_000_000n;
const GIB = 1024n ** 3n;
/** Nodes of the subnet that fees are those of. */
export const NODES = 13n;

/** For receiving an ingress message. */
export function ingressFee(methodName: string, arg: Uint8Array): bigint {
  return INGRESS_FEE + INGRESS_BYTE_FEE * BigInt(utf8(methodName).length + arg.length);
}

/** For sending a call to another canister. */
export function callFee(methodName: string, arg: Uint8Array): bigint {
  return callFeeOfSizes(BigInt(utf8(methodName).length), BigInt(arg.length));
}

/** As `callFee`, from sizes in bytes. */
export function callFeeOfSizes(nameSize: bigint, payloadSize: bigint): bigint {
  return CALL_FEE + CALL_BYTE_FEE * (nameSize + payloadSize);
}

/** An instruction of a module with a 64-bit memory, as which Motoko's are compiled, costs as much as so many. */
const MEMORY64_FACTOR = 2n;

/** For executing a message of so many instructions. */
export function executionFee(instructions: bigint, memory64 = false): bigint {
  return EXECUTION_FEE + instructions * (memory64 ? MEMORY64_FACTOR : 1n);
}

/** Instructions that the response to a call may take. */
export const RESPONSE_INSTRUCTIONS = 40_000_000_000n;

/** The most that a response between canisters has, in bytes. */
export const MAX_RESPONSE_BYTES = 2 * 1024 * 1024;

/** For receiving the response to a call, by the bytes of its reply or reject message. */
export function responseFee(bytes: number): bigint {
  return CALL_BYTE_FEE * BigInt(Math.min(bytes, MAX_RESPONSE_BYTES));
}

/** Set aside with a call until its response has come, so that there are always cycles to receive and execute that. */
export function responseReserve(memory64 = false): bigint {
  return responseFee(MAX_RESPONSE_BYTES) + executionFee(RESPONSE_INSTRUCTIONS, memory64);
}

/** For an HTTP outcall; sizes in bytes. */
export function httpRequestFee(requestSize: bigint, maxResponseSize: bigint, nodes = NODES): bigint {
  return (3_000_000n + 60_000n * nodes + 400n * requestSize + 800n * maxResponseSize) * nodes;
}

/** For a threshold signature or key, by the name of the key. */
export const SIGNATURE_FEES: ReadonlyMap<string, bigint> = new Map([
  ['test_key_1', 10_000_000_000n],
  ['dfx_test_key', 10_000_000_000n],
  ['key_1', 26_153_846_153n],
]);

const SECONDS_PER_DAY = 86_400n;

/** For holding so many bytes for so many seconds. */
export function storageFee(bytes: bigint, seconds: bigint): bigint {
  return (STORAGE_FEE_PER_GIB_SECOND * seconds * bytes) / GIB;
}

/** For reserving so many percent of a core for so many seconds. */
export function computeFee(percent: bigint, seconds: bigint): bigint {
  return COMPUTE_FEE_PER_PERCENT_SECOND * seconds * percent;
}

/** What a canister of so many bytes costs in a day while it does nothing; `computeAllocation` in percent. */
export function idleCyclesPerDay(bytes: bigint, computeAllocation: bigint): bigint {
  return storageFee(bytes, SECONDS_PER_DAY) + computeFee(computeAllocation, SECONDS_PER_DAY);
}
