import type { RefusalKind } from '../../client/errors.ts';
import type { JsonObject } from '../../json-interface/callers/caller.ts';

/** What earlier steps were answered, by their labels. */
export type Answers = ReadonlyMap<string, unknown>;

/** A call of the demo. */
export interface Step {
  /** ns since 1970. */
  readonly at: bigint;
  /** Who calls, by the name that the cast gives them. */
  readonly by: string;
  readonly method: string;
  /** The method's parameters, in the JSON of the interface, as far as they are known before. */
  readonly values: JsonObject | ((answers: Answers) => JsonObject);
  /** Keeps the answer for the steps after. */
  readonly label?: string;
  /** A refusal that may come, and is part of the story. */
  readonly mayBe?: RefusalKind;
}

/** Steps in the order of their time. */
export function inOrder(steps: readonly Step[]): readonly Step[] {
  return [...steps].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

export const SECOND = 1_000_000_000n;
export const MINUTE = 60n * SECOND;
export const HOUR = 60n * MINUTE;
export const DAY = 24n * HOUR;
