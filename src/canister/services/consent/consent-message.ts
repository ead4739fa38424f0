import type { Text } from '../../codec/index.ts';
import { textOf } from '../../policy/access/principals.ts';

/** What a user reads before they sign a call (ICRC-21): what it does, and with what. */
export interface ConsentMessage {
  /** In a few words. */
  readonly intent: string;
  readonly consequence: string;
  readonly fields: readonly ConsentField[];
}

export interface ConsentField {
  readonly name: string;
  /** A time is nanoseconds. */
  readonly value: string | { readonly time: bigint };
}

const MINUTE_NS = 60_000_000_000n;
const MILLISECOND_NS = 1_000_000n;

/** What could end the code that a value stands in, break its line, or change the direction of what is read. */
const UNSAFE = /[`\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

export function textField(name: string, text: Text): ConsentField {
  return { name, value: text.value };
}

export function principalField(name: string, principal: Uint8Array): ConsentField {
  return { name, value: textOf(principal) };
}

/** Markdown, in which no value can stand for anything but itself. Times are those of an offset from UTC. */
export function markdownOf({ intent, consequence, fields }: ConsentMessage, offsetMinutes: number): string {
  const parts = fields.map(({ name, value }) => {
    const shown = typeof value === 'string' ? visible(value) : timeText(value.time, offsetMinutes);
    return `**${name}:**  \n\`${shown}\``;
  });
  return [`# ${intent}`, consequence, ...parts].join('\n\n');
}

/** A text in which every character can be seen. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function timeText(time: bigint, offsetMinutes: number): string {
  const local = time + BigInt(offsetMinutes) * MINUTE_NS;
  const [day, clock] = new Date(Number(local / MILLISECOND_NS)).toISOString().split('T');
  return `${day} ${clock?.slice(0, 5)} UTC${offsetText(offsetMinutes)}`;
}

function offsetText(minutes: number): string {
  if (minutes === 0) return '';
  const twoDigits = (value: number) => `${value}`.padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}
