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
function threshold(nodes: bigint): bigint {
  return (2n * nodes) / 3n + 1n;
}

/** What agreeing on one byte costs. */
function consensusByteFee(nodes: bigint): bigint {
  return (10n * nodes + 600n) * nodes;
}

/**
 * For an outcall by pricing version 2, whatever comes of it. `isReplicated` is whether every node makes it, or one only that
 * tells the others.
 */
export function httpOutcallBaseFee(requestBytes: bigint, isReplicated: boolean, nodes = NODES): bigint {
  const spread = isReplicated ? 140_000n * nodes + 800n * nodes * nodes : 92_000n * nodes + 100_000n;
  return nodes * (1_000_000n + 50n * requestBytes + spread);
}

/** What an outcall by pricing version 2 pays for what it used, beside the base fee. */
export function httpOutcallUsageFee(usage: HttpOutcallUsage, isReplicated: boolean, nodes = NODES): bigint {
  return nodesFee(usage, isReplicated, nodes) + consensusByteFee(nodes) * usage.transformedBytes;
}

/**
 * What a canister should attach for an outcall by pricing version 2. With all nodes, more than it will pay: each of those that agree has
 * to be able to cover its share of the response.
 */
export function httpOutcallQuote(
  requestBytes: bigint,
  usage: HttpOutcallUsage,
  isReplicated: boolean,
  nodes = NODES,
): bigint {
  const fee = consensusByteFee(nodes) * usage.transformedBytes;
  const agreeing = threshold(nodes);
  const consensus = isReplicated ? ((fee + agreeing - 1n) / agreeing) * nodes : fee;
  return (
    httpOutcallBaseFee(requestBytes, isReplicated, nodes) + nodesFee(usage, isReplicated, nodes) + consensus
  );
}

function nodesFee(usage: HttpOutcallUsage, isReplicated: boolean, nodes: bigint): bigint {
  const { roundtripMs, rawBytes, transformedBytes, transformInstructions } = usage;
  const one = 50n * rawBytes + 300n * roundtripMs + transformInstructions / 13n;
  return isReplicated ? nodes * one : one + 50n * transformedBytes * nodes;
}
