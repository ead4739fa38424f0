/** A model sees no token and no link code, and gives none: what it sees it may repeat to anyone. The fields are in no schema and no answer. */
export const HIDDEN_FIELDS: ReadonlySet<string> = new Set(['token', 'token_data', 'code']);
