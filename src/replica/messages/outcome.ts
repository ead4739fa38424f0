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
