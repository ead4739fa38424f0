/** What is to be verified: a proof file's text, with the network's public key (DER), for the person with this user id. */
export interface VerifyRequest {
  readonly text: string;
  readonly rootKey: Uint8Array;
  /** The service whose log it has to be. */
  readonly canisterId: string;
  readonly userId: string;
  /** The end of the log at an earlier visit, a line of JSON. */
  readonly kept: string | undefined;
  /** What a witness keeps: lines of JSON; empty where there is none. */
  readonly witness: string;
}

/** What an earlier visit says of the log: nothing, that the log continues it, or that the log is older. */
export type KeptState =
  | { readonly kind: 'none' }
  | { readonly kind: 'continues' | 'older'; readonly index: bigint; readonly certifiedAt: bigint };

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
  /** What is not proved, in words. Withheld contents are counted, and are not among them: they are about others. */
  readonly doubts: readonly string[];
  /** Entries about the person. */
  readonly own: number;
  readonly kept: KeptState;
  /** Tips of the witness that agree, and those that are newer than the log; undefined where there is no witness. */
  readonly witness: { readonly agreeing: number; readonly newer: number } | undefined;
  /** The end of this log, a line of JSON. */
  readonly tip: string;
}

/** What a check came to. `index` is the first entry that is wrong; undefined where the certificate is. */
export type VerifyAnswer =
  | { readonly kind: 'proven'; readonly report: ProofReport }
  | { readonly kind: 'broken'; readonly message: string; readonly index: bigint | undefined }
  /** Two certified histories contradict each other. */
  | { readonly kind: 'forked'; readonly message: string }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'badWitness'; readonly message: string };
