import type { IngressMessage, Message } from '../messages/message.ts';
import type { Outcome, Reject } from '../messages/outcome.ts';

/** What the HTTP interface needs of a subnet. */
export interface Subnet {
  /** The subnet's self-authenticating principal. */
  readonly id: Uint8Array;
  /** Certified time, in ns since 1970. */
  now(): bigint;
  /**
   * Runs the pre-checks (canister exists and runs, method exists, inspect_message, cycles) and queues the call.
   * A reject here is not certified. Submitting a known request id again is accepted and runs nothing.
   */
  submit(call: IngressMessage): Promise<Reject | undefined>;
  /** Resolves with the outcome once the submitted call has finished and its status is certified. */
  outcome(requestId: Uint8Array): Promise<Outcome>;
  /** Runs a query (management canister queries included); all its effects are rolled back. */
  query(message: Message): Promise<Outcome>;
  /** Who submitted the request, to authorise read_state of its status; undefined for an unknown id. */
  requester(requestId: Uint8Array): { sender: Uint8Array; effectiveCanisterId: Uint8Array } | undefined;
  /** Whether this canister exists, and who controls it. */
  controllers(canisterId: Uint8Array): readonly Uint8Array[] | undefined;
  /** Whether a custom section `icp:private <name>` hides this metadata from all but controllers. */
  isPrivateMetadata(canisterId: Uint8Array, name: string): boolean;
}
