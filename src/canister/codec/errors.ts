/** Bytes that are not Candid, or Candid of a type that was not expected. The message is for the caller. */
export class CandidError extends Error {
  override readonly name = 'CandidError';
}

/** Adds where in the value an error lies: `argument user_id: expected text, got nat`. */
export function within(place: string, error: unknown): unknown {
  return error instanceof CandidError ? new CandidError(`${place}: ${error.message}`) : error;
}
