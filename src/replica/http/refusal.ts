/** Every reason for which a request is refused before the subnet sees it, and the HTTP status that it gives. */
const STATUS_OF = {
  /** The body is not the CBOR, or the URL not the address, that the endpoint takes. */
  malformed: 400,
  /** The request's expiry has passed or is too far ahead. */
  expiry: 400,
  /** The signature, the key, the delegations and the sender do not prove who sends this. */
  authentication: 400,
  /** The URL's effective id is not the one that the request belongs to. */
  destination: 400,
  /** The sender is known, and may not do or read this. */
  forbidden: 403,
} as const;

/** A reason to refuse a request. */
export type RefusalReason = keyof typeof STATUS_OF;

/** A request that is refused; its message goes to the client as plain text. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(reason: RefusalReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = STATUS_OF[reason];
  }
}
