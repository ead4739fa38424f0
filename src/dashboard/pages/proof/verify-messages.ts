/** What is to be verified: a proof file's text, with the network's public key (DER), for the person with this user id. */
export interface VerifyRequest {
  readonly text: string;
  readonly rootKey: Uint8Array;
  readonly userId: string;
}

/** What was proved, in values that can be sent between threads. Times are ns since 1970. */
export interface ProofReport {
  readonly canisterId: string;
  readonly subnet: string | undefined;
  readonly firstIndex: bigint;
  readonly lastIndex: bigint;
  readonly shown: number;
  readonly withheld: number;
  readonly erased: number;
  readonly certifiedAt: bigint;
  /** Entries about the person. */
  readonly own: number;
}

/** What a check came to. `index` is the first entry that is wrong; undefined where the certificate is. */
export type VerifyAnswer =
  | { readonly kind: 'proven'; readonly report: ProofReport }
  | { readonly kind: 'broken'; readonly message: string; readonly index: bigint | undefined }
  | { readonly kind: 'unreadable'; readonly message: string };
