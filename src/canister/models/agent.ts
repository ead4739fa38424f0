import { ByteWriter } from '../codec/index.ts';

/** A principal that may call the service, and who let it in. The name is UTF-8, the time nanoseconds. */
export interface Agent {
  readonly agent: Uint8Array;
  readonly name: Uint8Array;
  readonly addedAt: bigint;
  readonly addedBy: Uint8Array;
}

/** A version byte before the Candid record. */
const VERSION = 1;

/** Fields follow the order of `Agent` in a message: by the hashes of their names. */
export function encodeAgent(agent: Agent): Uint8Array {
  return new ByteWriter()
    .u8(VERSION)
    .principal(agent.agent)
    .text(agent.name)
    .u64(agent.addedAt)
    .principal(agent.addedBy)
    .finish();
}

/** The Candid record of a stored agent. */
export function agentBody(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== VERSION) throw new Error(`agent of an unknown version ${bytes[0]}`);
  return bytes.subarray(1);
}
