import { NODES } from './cycle-costs.ts';

/** What an HTTP outcall used, or is to be quoted for; sizes in bytes. */
export interface HttpOutcallUsage {
  readonly roundtripMs: bigint;
  /** Of the response as it came. */
  readonly rawBytes: bigint;
  /** Of what the canister gets. */
  readonly transformedBytes: bigint;
  readonly transformInstructions: bigint;
}

/** How many of the subnet's nodes have to agree on a response. */
const THRESHOLD = (2n * NODES) / 3n + 1n;
/** What agreeing on one byte costs. */
const CONSENSUS_BYTE_FEE = (10n * NODES + 600n) * NODES;

/**
 * For an outcall by pricing version 2, whatever comes of it. `isReplicated` is whether every node makes it, or one only that
 * tells the others.
 */
export function httpOutcallBaseFee(requestBytes: bigint, isReplicated: boolean): bigint {
  const spread = isReplicated ? 140_000n * NODES + 800n * NODES * NODES : 92_000n * NODES + 100_000n;
  return NODES * (1_000_000n + 50n * requestBytes + spread);
}

/** What an outcall by pricing version 2 pays for what it used, beside the base fee. */
export function httpOutcallUsageFee(usage: HttpOutcallUsage, isReplicated: boolean): bigint {
  return nodesFee(usage, isReplicated) + CONSENSUS_BYTE_FEE * usage.transformedBytes;
}

/**
 * What a canister should attach for an outcall by pricing version 2. With all nodes, more than it will pay: each of those that agree has
 * to be able to cover its share of the response.
 */
export function httpOutcallQuote(
  requestBytes: bigint,
  usage: HttpOutcallUsage,
  isReplicated: boolean,
): bigint {
  const fee = CONSENSUS_BYTE_FEE * usage.transformedBytes;
  const consensus = isReplicated ? ((fee + THRESHOLD - 1n) / THRESHOLD) * NODES : fee;
  return httpOutcallBaseFee(requestBytes, isReplicated) + nodesFee(usage, isReplicated) + consensus;
}

function nodesFee(usage: HttpOutcallUsage, isReplicated: boolean): bigint {
  const { roundtripMs, rawBytes, transformedBytes, transformInstructions } = usage;
  const one = 50n * rawBytes + 300n * roundtripMs + transformInstructions / 13n;
  return isReplicated ? NODES * one : one + 50n * transformedBytes * NODES;
}
