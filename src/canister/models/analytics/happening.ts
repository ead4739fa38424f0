import { encodeUtf8, type Text } from '../../codec/index.ts';
import type { ActivityType } from '../activity-type.ts';
import type { Counter } from './analytics-counts.ts';

/** Something that is counted. */
export interface Happening {
  /** Each goes up by `times`, which is 1 unless told. */
  readonly counters: readonly Exclude<Counter, 'latency_sum_ms' | 'latency_max_ms'>[];
  readonly times?: number;
  /** Milliseconds. */
  readonly latency?: number | undefined;
  /** What went wrong, UTF-8. */
  readonly error?: Uint8Array | undefined;
}

/** What the service counts when it writes an activity of its own; interactions and errors say more. */
export const COUNTED: Partial<Readonly<Record<ActivityType, Happening>>> = {
  SessionCreated: { counters: ['sessions'] },
  TokenLeased: { counters: ['credential_leases'] },
  TokenRefreshed: { counters: ['token_refreshes'] },
  TokenRefreshFailed: { counters: ['refresh_failures'] },
};

/** Bytes of an error's text that are kept. */
const ERROR_BYTES = 120;

const MAX_LATENCY = 0xffff_ffff;

/** An escape can spell any name. */
const MAY_NAME_LATENCY = /latency_ms|\\u/;

const ID = /^int-[0-9a-f]{16}$/;

const MAY_NAME_INTERACTION = /interaction_id|\\u/;

const LINE_FEED = 0x0a;

const SUCCESS: Happening = { counters: ['interactions', 'successes'] };

/** Metadata is valid JSON; it is read where it may say something that is counted. */
export function interactionHappening(interaction: {
  readonly success: boolean;
  readonly metadata: Text | undefined;
  readonly response: Text;
}): Happening {
  const { success, metadata, response } = interaction;
  if (success && metadata === undefined) return SUCCESS;
  const isRead = metadata !== undefined && (!success || MAY_NAME_LATENCY.test(metadata.value));
  const facts = isRead ? factsIn(metadata.value) : {};
  const latency = latencyOf(facts['latency_ms']);
  const timed = latency === undefined ? [] : (['latency_count'] as const);
  if (success) return { counters: ['interactions', 'successes', ...timed], latency };
  const error = errorOf(facts['error']) ?? firstLine(response.utf8);
  return { counters: ['interactions', 'errors', ...timed], latency, error };
}

/** An activity `ErrorOccurred`. */
export function errorHappening(description: Text): Happening {
  return { counters: ['errors'], error: firstLine(description.utf8) };
}

/** The id in `interaction_id` at the top level of an error's metadata, by which an agent says that it tells of an interaction that failed. */
export function interactionNamedBy(metadata: string): string | undefined {
  if (!MAY_NAME_INTERACTION.test(metadata)) return undefined;
  const id = factsIn(metadata)['interaction_id'];
  // Nothing else is an id: a longer text would cost by its length to encode, and half a character has no bytes.
  return typeof id === 'string' && ID.test(id) ? id : undefined;
}

function factsIn(json: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(json);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function latencyOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= MAX_LATENCY ? Math.round(value) : undefined;
}

/** JSON can hold half of a character, which UTF-8 has no form for. */
function errorOf(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return firstLine(encodeUtf8(value.slice(0, ERROR_BYTES).replace(/\p{Surrogate}/gu, '\ufffd')));
}

/** The first line as far as it is kept, in whole characters; undefined where it is empty. */
function firstLine(utf8: Uint8Array): Uint8Array | undefined {
  const head = utf8.subarray(0, ERROR_BYTES + 1);
  const lineEnd = head.indexOf(LINE_FEED);
  let end = lineEnd < 0 ? Math.min(head.length, ERROR_BYTES) : lineEnd;
  while (lineEnd < 0 && isContinuation(head[end])) end--;
  return end === 0 ? undefined : head.slice(0, end);
}

/** Whether a byte goes on with a character that began before it. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
