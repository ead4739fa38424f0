import type { Text } from '../../codec/index.ts';
import { type Mask, maskOf } from '../../models/access/rights.ts';
import { invalidArgument } from '../../models/agent-error.ts';
import type { CodedEnumeration } from '../../models/coded-enumeration.ts';
import type { NumberRange } from '../../models/number-settings.ts';
import { isAnonymous } from '../access/principals.ts';
import { LIMITS } from '../limits/limits.ts';
import { nestsAtMost } from './json-depth.ts';

/** Each check throws InvalidArgument, with the argument's name as `field` and the limit in the message. */

export function checkUserId(field: string, text: Text): void {
  const limit = LIMITS.userIdCharacters;
  const { length } = text.utf8;
  // A character takes one to four bytes: most texts need no counting, which takes long.
  const fits = length <= limit || (length <= LIMITS.userIdBytes && Array.from(text.value).length <= limit);
  if (length < 1 || !fits) throw invalidArgument(field, `must be 1 to ${limit} characters long`);
}

/** A text of at least one byte and at most `limit`. */
export function checkText(field: string, text: Text | undefined, limit: number): void {
  if (text === undefined) return;
  const { length } = text.utf8;
  if (length < 1 || length > limit) {
    throw invalidArgument(field, `must be 1 to ${limit} bytes long, is ${length}`);
  }
}

export function checkName(field: string, text: Text | undefined): void {
  checkText(field, text, LIMITS.nameBytes);
}

/** A text that holds one JSON value. */
export function checkJson(field: string, text: Text | undefined): void {
  if (text === undefined) return;
  checkText(field, text, LIMITS.jsonBytes);
  if (!nestsAtMost(text.value, LIMITS.jsonDepth)) {
    throw invalidArgument(field, `must nest at most ${LIMITS.jsonDepth} levels deep`);
  }
  try {
    JSON.parse(text.value);
  } catch {
    throw invalidArgument(field, 'must be valid JSON');
  }
}

export function checkProjectIds(
  field: string,
  projectIds: readonly { readonly 0: Text; readonly 1: Text }[] | undefined,
): void {
  if (projectIds === undefined) return;
  checkLength(field, projectIds, LIMITS.projectIds);
  for (const pair of projectIds) {
    checkName(field, pair[0]);
    checkName(field, pair[1]);
  }
}

/** A time (ns) that lies in the future. */
export function checkFuture(field: string, time: bigint | undefined, now: bigint): void {
  if (time !== undefined && time <= now) throw invalidArgument(field, 'must be in the future');
}

/** How long (ns) something is to last. */
export function checkDuration(
  field: string,
  duration: bigint | undefined,
  limits: { readonly byDefault: bigint; readonly most: bigint },
): bigint {
  if (duration === undefined) return limits.byDefault;
  if (duration < 1n || duration > limits.most) {
    throw invalidArgument(field, `must be 1 to ${limits.most} ns, is ${duration}`);
  }
  return duration;
}

/** The number of records that a list returns at most. */
export function checkLimit(field: string, limit: number | undefined, byDefault: number): number {
  if (limit === undefined) return byDefault;
  if (limit < 1 || limit > LIMITS.listItems) {
    throw invalidArgument(field, `must be 1 to ${LIMITS.listItems}, is ${limit}`);
  }
  return limit;
}

/** The value that a setting is given; undefined where it is left out. */
export function checkRange(
  field: string,
  value: bigint | undefined,
  { least, most }: NumberRange,
): number | undefined {
  if (value === undefined) return undefined;
  if (value < BigInt(least) || value > BigInt(most)) {
    throw invalidArgument(field, `must be ${least} to ${most}, is ${value}`);
  }
  return Number(value);
}

/** A principal that can be given rights. */
export function checkPrincipal(field: string, principal: Uint8Array): void {
  if (isAnonymous(principal)) throw invalidArgument(field, 'must not be the anonymous principal');
}

export function checkLength(field: string, list: readonly unknown[], limit: number): void {
  if (list.length > limit) {
    throw invalidArgument(field, `must have at most ${limit} entries, has ${list.length}`);
  }
}

/** A list that can be left out, and names something where it is there. */
export function checkSome(field: string, list: readonly unknown[] | undefined): void {
  if (list?.length === 0) throw invalidArgument(field, 'must not be empty');
}

/** The options of a list as a mask; undefined where it is left out. Nothing at all is not a right. */
export function maskOfSome<N extends string>(
  field: string,
  options: CodedEnumeration<N>,
  names: readonly N[] | undefined,
): Mask | undefined {
  checkSome(field, names);
  return names === undefined ? undefined : maskOf(options, names);
}
