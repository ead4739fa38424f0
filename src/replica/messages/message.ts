/** What a canister, of which the sender's key is, says of the sender ("Caller information"). Plain data. */
export interface CallerInfo {
  readonly info: Uint8Array;
  /** The id of that canister. */
  readonly signer: Uint8Array;
}

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
