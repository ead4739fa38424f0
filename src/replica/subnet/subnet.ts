import type { CallerInfo } from '../state/call-context.ts';

/** Reject codes of the interface specification ("Reject codes"). */
export type RejectCode = 1 | 2 | 3 | 4 | 5 | 6;

/** Why a call was not answered with a reply. `errorCode` is the replica's "IC0503" style code. */
export interface Reject {
  readonly code: RejectCode;
  readonly message: string;
  readonly errorCode: string;
}

/** What a finished call or query answers. */
export type Outcome =
  | { readonly kind: 'replied'; readonly reply: Uint8Array }
  | { readonly kind: 'rejected'; readonly reject: Reject };

/** The status of an ingress message as `/request_status/<id>` shows it ("Request status"). */
export type RequestStatus =
  | { readonly kind: 'received' }
  | { readonly kind: 'processing' }
  | Outcome
  | { readonly kind: 'done' };

/** A call or query whose sender is authenticated. Ids and principals are raw bytes. */
export interface Message {
  readonly sender: Uint8Array;
  readonly canisterId: Uint8Array;
  readonly methodName: string;
  readonly arg: Uint8Array;
  /** What is said of the sender, signed; absent where nothing is, and in what was written before it was kept. */
  readonly callerInfo?: CallerInfo | undefined;
}

/** An ingress message: a call, with its request id and its expiry (ns since 1970). */
export interface IngressMessage extends Message {
  readonly requestId: Uint8Array;
  readonly ingressExpiry: bigint;
  /** The canister (or, for provisional creation, any id of this subnet) named in the URL. */
  readonly effectiveCanisterId: Uint8Array;
}

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
