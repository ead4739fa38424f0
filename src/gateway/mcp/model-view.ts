/** How much a model is given at a time, and in which part of a result. */
export interface ModelView {
  /** The longest JSON of a result: some 10,000 tokens of English unless told. */
  readonly characters: number;
  /**
   * Where a result is, which is given once. `structured`: in `structuredContent`, with a sentence about it as text. `text`: as JSON in a text, for clients that show a
   * model nothing else.
   */
  readonly results: 'structured' | 'text';
}

export const DEFAULT_VIEW: ModelView = { characters: 40_000, results: 'structured' };

/** Fewer are not enough for the fields of a record. */
export const LEAST_CHARACTERS = 10_000;

/** Versions of the protocol know structured results since this one; a client that does not say its version has an older one. */
const STRUCTURED_SINCE = '2025-06-18';

/** The view of a client by the version of the protocol that it says. */
export function viewFor(view: ModelView, version: string | null): ModelView {
  return version !== null && version >= STRUCTURED_SINCE ? view : { ...view, results: 'text' };
}
