/** Why a call was refused: the variant `AgentError` of the interface. */
export type AgentError =
  | { readonly kind: 'NotFound' }
  | { readonly kind: 'InvalidArgument'; readonly field: string; readonly message: string }
  | { readonly kind: 'Unauthorized'; readonly message: string }
  | { readonly kind: 'Conflict'; readonly message: string }
  | { readonly kind: 'RateLimited'; readonly retryAfterNs: bigint }
  | { readonly kind: 'QuotaExceeded'; readonly resource: string; readonly limit: bigint }
  | { readonly kind: 'Expired'; readonly message: string };

/** Thrown where a call is refused, which is always before its first write; the caller gets it as `Err`, or as a reject. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly error: AgentError;

  constructor(error: AgentError) {
    super(describe(error));
    this.error = error;
  }
}

/** Refuses a value: `field` is the argument's name, `message` says the limit. */
export function invalidArgument(field: string, message: string): Refusal {
  return new Refusal({ kind: 'InvalidArgument', field, message });
}

export function notFound(): Refusal {
  return new Refusal({ kind: 'NotFound' });
}

function describe(error: AgentError): string {
  switch (error.kind) {
    case 'NotFound':
      return 'NotFound: there is no such record';
    case 'InvalidArgument':
      return `InvalidArgument: ${error.field} ${error.message}`;
    case 'Unauthorized':
    case 'Conflict':
    case 'Expired':
      return `${error.kind}: ${error.message}`;
    case 'RateLimited':
      return `RateLimited: retry after ${error.retryAfterNs} ns`;
    case 'QuotaExceeded':
      return `QuotaExceeded: no more than ${error.limit} ${error.resource}`;
  }
}
