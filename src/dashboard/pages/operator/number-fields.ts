import { InvalidArgumentError } from '../../../client/index.ts';

/** What a person typed in number fields, by the field. */
export type Typed<K extends string> = Readonly<Record<K, string>>;

/** Numbers of the service as fields have them; empty where there is none. */
export function typedOf<K extends string>(
  names: readonly K[],
  numbers: Readonly<Partial<Record<K, bigint | undefined>>>,
): Typed<K> {
  return byName(names, (name) => numbers[name]?.toString() ?? '');
}

/** The numbers that were typed; those that are empty are undefined. Undefined where one is not a whole number below 2^64. */
export function numbersIn<K extends string>(
  names: readonly K[],
  typed: Typed<K>,
): Readonly<Record<K, bigint | undefined>> | undefined {
  if (names.some((name) => !isNumber(typed[name]))) return undefined;
  return byName(names, (name) => (typed[name].trim() === '' ? undefined : BigInt(typed[name].trim())));
}

/** Whether a field is empty or has a number that the service can take. */
export function isNumber(text: string): boolean {
  const digits = text.trim();
  return digits === '' || (/^\d{1,20}$/.test(digits) && BigInt(digits) < 2n ** 64n);
}

/** The name of the field, in the pages' own spelling, that the service does not accept. */
export function refusedField(error: unknown): string | undefined {
  if (!(error instanceof InvalidArgumentError)) return undefined;
  const last = error.field.split('.').at(-1) ?? '';
  return last.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

function byName<K extends string, V>(names: readonly K[], valueOf: (name: K) => V): Record<K, V> {
  // What Object.fromEntries gives has exactly these names.
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<K, V>;
}
